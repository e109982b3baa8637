package io.caracal.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Plugins with code: bundles that hold the package of test plugins. */
final class CodeJar {
  private static final String PACKAGE = "io/caracal/itests/plugin/";

  private CodeJar() {}

  /** Writes a bundle with an activator and further headers. */
  static Path write(
      Path jar, String name, String version, Class<?> activator, Map<String, String> headers)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", version);
    main.putValue("Bundle-Activator", activator.getName());
    main.putValue(
        "Import-Package",
        "org.osgi.framework,io.caracal.api.alert,io.caracal.api.detect,io.caracal.api.flow,"
            + "io.caracal.api.packet");
    headers.forEach(main::putValue);
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.list(Path.of("target/test-classes", PACKAGE))) {
      for (Path file : files.sorted().toList()) {
        entries.putNextEntry(new ZipEntry(PACKAGE + file.getFileName()));
        Files.copy(file, entries);
      }
    }
    return jar;
  }
}
