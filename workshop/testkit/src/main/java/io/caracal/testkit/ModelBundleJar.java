package io.caracal.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A model bundle for tests: a manifest that requires an engine and views, and entries below {@code
 * caracal/}.
 *
 * @param symbolicName Bundle-SymbolicName
 * @param version Bundle-Version
 * @param requirements the Require-Capability header
 * @param entries content by file name below {@code caracal/}
 */
public record ModelBundleJar(
    String symbolicName, String version, String requirements, Map<String, byte[]> entries) {
  /** A bundle of an engine ({@code onnx}) that reads one view of a major version. */
  public static ModelBundleJar of(
      String symbolicName, String version, String engine, String view, int major) {
    String requirements =
        "osgi.extender;filter:=\"(&(osgi.extender=io.caracal.engine."
            + engine
            + ")(version>=1.0)(!(version>=2.0)))\",io.caracal.view;filter:=\"(&(name="
            + view
            + ")(version>="
            + major
            + ".0)(!(version>="
            + (major + 1)
            + ".0)))\"";
    return new ModelBundleJar(symbolicName, version, requirements, Map.of());
  }

  /** The same with one entry more, or another content of it. */
  public ModelBundleJar with(String file, byte[] content) {
    Map<String, byte[]> all = new LinkedHashMap<>(entries);
    all.put(file, content);
    return new ModelBundleJar(symbolicName, version, requirements, all);
  }

  public ModelBundleJar with(String file, String content) {
    return with(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes {@code NAME-VERSION.jar}. */
  public Path write(Path folder) throws IOException {
    Path jar = folder.resolve(symbolicName + "-" + version + ".jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      write(out);
    }
    return jar;
  }

  public byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out);
    return out.toByteArray();
  }

  private void write(OutputStream out) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", version);
    main.putValue("Require-Capability", requirements);
    try (JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry("caracal/" + entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
  }
}
