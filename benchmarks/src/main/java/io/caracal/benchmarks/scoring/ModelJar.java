package io.caracal.benchmarks.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * An ONNX model in a bundle of the distribution.
 *
 * @param viewOfInput names of views by names of the model's inputs
 * @param bytes the model; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Handed to the runtime once.
record ModelJar(Map<String, String> viewOfInput, byte[] bytes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The model of a bundle; empty if it holds none of this kind. */
  static Optional<ModelJar> read(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      ZipEntry entry = jar.getEntry("caracal/model.json");
      if (entry == null) {
        return Optional.empty();
      }
      JsonNode descriptor;
      try (InputStream in = jar.getInputStream(entry)) {
        descriptor = JSON.readTree(in);
      }
      String model = descriptor.path("model").asText();
      if (!model.endsWith(".onnx")) {
        return Optional.empty();
      }
      Map<String, String> views = new LinkedHashMap<>();
      for (JsonNode input : descriptor.path("inputs")) {
        views.put(input.path("name").asText(), input.path("view").asText());
      }
      try (InputStream in = jar.getInputStream(jar.getEntry("caracal/" + model))) {
        return Optional.of(new ModelJar(views, in.readAllBytes()));
      }
    }
  }

  /** The detector's id, which is the bundle's too. */
  static String id(Path file) {
    return file.getFileName()
        .toString()
        .replaceFirst("^io\\.caracal\\.model\\.(.*)-[0-9].*$", "$1");
  }
}
