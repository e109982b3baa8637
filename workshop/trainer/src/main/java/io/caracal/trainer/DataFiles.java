package io.caracal.trainer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the files that recipes name, plain or compressed. */
final class DataFiles {
  private static final List<String> ENDINGS = List.of("", ".zst", ".gz");

  private DataFiles() {}

  static Path find(Path root, String path) {
    return ENDINGS.stream()
        .map(ending -> root.resolve(path + ending))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new TrainerException(
                    path
                        + " is not below "
                        + root
                        + ": name the data's root by --data or CARACAL_DATA"));
  }
}
