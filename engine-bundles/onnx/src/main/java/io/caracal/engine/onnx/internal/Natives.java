package io.caracal.engine.onnx.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * ONNX Runtime's native libraries on disk. A library that one class loader has loaded cannot be
 * loaded by another, so every start extracts into a new folder and removes those of earlier starts.
 */
final class Natives {
  static final String PROPERTY = "onnxruntime.native.path";
  private static final String RESOURCES = "/ai/onnxruntime/native/linux-x64/";
  private static final List<String> CORE = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

  /** Only in the CUDA flavour. */
  private static final String SHARED = "libonnxruntime_providers_shared.so";

  private static final String CUDA = "libonnxruntime_providers_cuda.so";

  private final Path home;
  private Path folder;

  /** {@code home} is the engine's own; what lies there is removed. */
  Natives(Path home) {
    this.home = home;
    folder = home;
  }

  /** Extracts what every model needs, and tells ONNX Runtime where it lies. */
  void extract() throws IOException {
    clear();
    folder = Files.createTempDirectory(Files.createDirectories(home), "start");
    for (String library : CORE) {
      if (!extract(library)) {
        throw new IOException("this build of the engine carries no " + library + " for linux-x64");
      }
    }
    extract(SHARED);
    System.setProperty(PROPERTY, folder.toString());
  }

  /** Extracts the CUDA provider, some hundred megabytes; false where this build has none. */
  boolean extractCuda() throws IOException {
    return extract(CUDA);
  }

  private boolean extract(String library) throws IOException {
    try (InputStream in = Natives.class.getResourceAsStream(RESOURCES + library)) {
      if (in == null) {
        return false;
      }
      Files.copy(in, folder.resolve(library));
      return true;
    }
  }

  private void clear() throws IOException {
    if (Files.notExists(home)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
