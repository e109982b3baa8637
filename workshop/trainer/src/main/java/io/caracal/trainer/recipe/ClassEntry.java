package io.caracal.trainer.recipe;

import java.util.List;

/**
 * An attack class and the labels that belong to it.
 *
 * @param name its name
 * @param technique MITRE ATT&amp;CK technique
 * @param labels labels of the truth; one that ends in {@code *} stands for all that begin so
 */
public record ClassEntry(String name, String technique, List<String> labels) {
  /** Copies the list. */
  public ClassEntry {
    labels = List.copyOf(labels);
  }

  /**
   * Whether a label belongs here.
   *
   * @param label label of the truth
   * @return true if so
   */
  public boolean covers(String label) {
    return labels.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? label.startsWith(pattern.substring(0, pattern.length() - 1))
                    : label.equals(pattern));
  }
}
