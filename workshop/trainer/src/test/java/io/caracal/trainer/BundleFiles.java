package io.caracal.trainer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that a training wrote. */
final class BundleFiles {
  private BundleFiles() {}

  static SortedMap<String, byte[]> of(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path file : list.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Without the card's section on speed, which is measured anew each time. */
  static SortedMap<String, byte[]> repeatable(Path folder) throws IOException {
    SortedMap<String, byte[]> files = of(folder);
    files.computeIfPresent(
        "card.md",
        (name, bytes) ->
            new String(bytes, StandardCharsets.UTF_8)
                .replaceFirst("(?s)## Speed\n.*?(?=## )", "")
                .getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
