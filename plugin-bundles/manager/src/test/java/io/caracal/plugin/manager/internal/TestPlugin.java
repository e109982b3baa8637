package io.caracal.plugin.manager.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A plugin that offers one service: the activator of the bundles that it makes. */
public final class TestPlugin implements BundleActivator {
  static final String NAME = "test.plugin";

  @Override
  public void start(BundleContext context) {
    context.registerService(Runnable.class, () -> {}, null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the service away.
  }

  /** Writes {@code test.plugin} of a version. */
  static Path write(Path file, String version, String... headers) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", NAME);
    main.putValue("Bundle-Version", version);
    main.putValue("Bundle-Activator", TestPlugin.class.getName());
    main.putValue("Import-Package", "org.osgi.framework");
    for (int i = 0; i < headers.length; i += 2) {
      main.putValue(headers[i], headers[i + 1]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String code = TestPlugin.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        InputStream in = TestPlugin.class.getClassLoader().getResourceAsStream(code)) {
      jar.putNextEntry(new ZipEntry(code));
      in.transferTo(jar);
    }
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes.toByteArray());
  }
}
