package io.caracal.trainer.bundle;

import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Replaces the files of a bundle all at once: whoever looks sees the old ones or the new ones. */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Writes files to a fresh folder beside {@code folder} and puts that in its place.
   *
   * @param folder the bundle's folder, created if it is not there
   * @param files content by name
   */
  public static void write(Path folder, SortedMap<String, byte[]> files) {
    try {
      Path parent = folder.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      String stamp = Long.toHexString(System.nanoTime());
      Path fresh = Files.createDirectory(parent.resolve(".new-" + stamp));
      for (var file : files.entrySet()) {
        Files.write(fresh.resolve(file.getKey()), file.getValue());
      }
      Path old = parent.resolve(".old-" + stamp);
      boolean replaces = Files.exists(folder);
      if (replaces) {
        Files.move(folder, old);
      }
      Files.move(fresh, folder);
      if (replaces) {
        delete(old);
      }
    } catch (IOException e) {
      throw new TrainerException(folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
