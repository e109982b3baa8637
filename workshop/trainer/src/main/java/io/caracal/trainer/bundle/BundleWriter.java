package io.caracal.trainer.bundle;

import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Replaces the files of a bundle all at once: whoever looks sees the old ones or the new ones. What
 * a process that was killed here left behind is put right by the next one.
 */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Writes files to a fresh folder beside {@code folder} and puts that in its place. One process at
   * a time may write a bundle.
   *
   * @param folder the bundle's folder, created if it is not there
   * @param files content by name
   */
  public static void write(Path folder, SortedMap<String, byte[]> files) {
    try {
      Path parent = folder.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      Path old = parent.resolve("." + folder.getFileName() + ".old");
      Path fresh = parent.resolve("." + folder.getFileName() + ".new");
      recover(folder, old, fresh);
      Files.createDirectory(fresh);
      for (var file : files.entrySet()) {
        Files.write(fresh.resolve(file.getKey()), file.getValue());
      }
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

  private static void recover(Path folder, Path old, Path fresh) throws IOException {
    if (Files.exists(old) && !Files.exists(folder)) {
      Files.move(old, folder);
    }
    delete(old);
    delete(fresh);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
