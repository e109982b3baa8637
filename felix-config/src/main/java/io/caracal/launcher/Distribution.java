package io.caracal.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are.
 *
 * @param home folder of the distribution, with lib/ and bundles/
 * @param root folder of the caracal script; relative plugin folders start here
 */
record Distribution(Path home, Path root) {
  /**
   * From the system properties that the script sets; the home otherwise from where this class was
   * loaded.
   */
  static Distribution locate() {
    String home = System.getProperty("caracal.home", "");
    Path folder = home.isEmpty() ? jar().getParent().getParent() : Path.of(home);
    return new Distribution(
        folder.toAbsolutePath(), Path.of(System.getProperty("caracal.root", ".")).toAbsolutePath());
  }

  private static Path jar() {
    return Path.of(
        Distribution.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /**
   * The bundles in the order in which they start: libraries, our own, models, so that nothing waits
   * for another.
   */
  List<Path> bundles() {
    try (Stream<Path> jars = Files.list(home.resolve("bundles"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar"))
          .sorted(Comparator.comparingInt(Distribution::rank).thenComparing(jar -> jar))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a jar is a shipped model. */
  static boolean model(Path jar) {
    return String.valueOf(jar.getFileName()).startsWith("io.caracal.model.");
  }

  private static int rank(Path jar) {
    String name = String.valueOf(jar.getFileName());
    if (model(jar)) {
      return 2;
    }
    if (name.startsWith("org.apache.felix.fileinstall")) {
      return 3; // the plugins folder comes when everything that plugins need is there
    }
    return name.startsWith("io.caracal.") ? 1 : 0;
  }
}
