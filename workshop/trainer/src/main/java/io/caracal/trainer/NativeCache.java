package io.caracal.trainer;

import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Where libtorch's native libraries are unpacked: beside the trainer's own classes rather than in
 * the user's home, so that versions do not mix and a clean build leaves nothing behind.
 */
final class NativeCache {
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  private NativeCache() {}

  /** Must be called before libtorch is touched. */
  static void use() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, folder().toString());
    }
  }

  private static Path folder() {
    try {
      Path classes =
          Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolveSibling("natives");
    } catch (URISyntaxException e) {
      return Path.of(System.getProperty("java.io.tmpdir"), "caracal-natives");
    }
  }
}
