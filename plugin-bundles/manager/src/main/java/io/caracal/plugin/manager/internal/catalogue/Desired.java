package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.plugin.manager.internal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The plugins that a sensor is to have, as a file: {@code NAME} or {@code NAME@RANGE} on each line;
 * what follows a {@code #} is a comment.
 */
public final class Desired {
  private Desired() {}

  /**
   * Reads a file.
   *
   * @throws Refusal with the line that cannot be understood or names a plugin again
   */
  public static List<Wanted> read(Path file) throws Refusal {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new Refusal(
          file + " cannot be read (" + e + "); give a file with a NAME@RANGE on each" + " line", e);
    }
    List<Wanted> wanted = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).replaceFirst("#.*", "").strip();
      if (!text.isEmpty()) {
        try {
          Wanted one = Wanted.of(text);
          if (!names.add(one.name())) {
            throw new Refusal(one.name() + " stands there twice; give one range");
          }
          wanted.add(one);
        } catch (Refusal e) {
          throw new Refusal(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return wanted;
  }
}
