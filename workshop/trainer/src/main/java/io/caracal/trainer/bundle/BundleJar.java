package io.caracal.trainer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.plugin.signing.JarSigning;
import io.caracal.plugin.signing.SigningKey;
import io.caracal.trainer.TrainerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A bundle's files as a signed jar, which sensors take. What it requires follows from its
 * descriptor: the engine, and each view in the major version it was trained on. Equal files give
 * equal entries; the signature is another each time.
 */
public final class BundleJar {
  private final Path files;
  private final ObjectNode descriptor;
  private final boolean ensemble;

  /**
   * The jar of a bundle whose files are written.
   *
   * @param files the folder with {@code model.json} or {@code ensemble.json}
   */
  public BundleJar(Path files) {
    this.files = files;
    this.ensemble = Files.exists(files.resolve("ensemble.json"));
    this.descriptor = Json.object(read(files.resolve(ensemble ? "ensemble.json" : "model.json")));
  }

  /**
   * Signs and writes it.
   *
   * @param folder takes NAME-VERSION.jar; created if it is not there
   * @param symbolicName its name as a bundle; equal names are versions of one plugin
   * @return the jar
   */
  public Path write(Path folder, String symbolicName, SigningKey key) {
    Path jar = folder.resolve(symbolicName + "-" + text("version") + ".jar");
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, ".model", ".part");
      Files.write(part, JarSigning.sign(pack(symbolicName), key));
      return Files.move(
          part, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TrainerException(jar + " cannot be written: " + e.getMessage(), e);
    }
  }

  private byte[] pack(String symbolicName) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", text("version"));
    main.putValue("Bundle-Name", "Caracal model: " + text("id"));
    main.putValue("Require-Capability", String.join(",", requirements()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        Stream<Path> contents = Files.list(files)) {
      for (Path file : contents.sorted().toList()) {
        jar.putNextEntry(new ZipEntry("caracal/" + file.getFileName()));
        jar.write(Files.readAllBytes(file));
        jar.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Set<String> requirements() {
    if (ensemble) {
      return Set.of(required("osgi.extender", "osgi.extender", "io.caracal.ensemble", 1));
    }
    Set<String> requirements = new LinkedHashSet<>();
    String engine = text("model").endsWith(".onnx") ? "onnx" : "tribuo";
    requirements.add(required("osgi.extender", "osgi.extender", "io.caracal.engine." + engine, 1));
    for (JsonNode input : descriptor.path("inputs")) {
      int major = Integer.parseInt(input.path("version").asText().split("\\.", 2)[0]);
      requirements.add(required("io.caracal.view", "name", input.path("view").asText(), major));
    }
    return requirements;
  }

  private static String required(String namespace, String attribute, String value, int major) {
    return "%s;filter:=\"(&(%s=%s)(version>=%d.0)(!(version>=%d.0)))\""
        .formatted(namespace, attribute, value, major, major + 1);
  }

  private String text(String key) {
    return descriptor.path(key).asText();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TrainerException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
