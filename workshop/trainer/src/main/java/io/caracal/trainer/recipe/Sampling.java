package io.caracal.trainer.recipe;

import java.util.Map;

/**
 * How many records of a kind are trained on. A kind is an attack label, or a benign activity.
 * Floods would drown the rest otherwise, and rare kinds would not be heard.
 *
 * @param attackCap most records of an attack label, dealt evenly over its runs
 * @param attackFloor labels with fewer records are repeated up to this
 * @param benignCap most records of a benign activity
 * @param benignCaps most records of single activities, by their name
 * @param benignWeights what one record of an activity counts where the ensemble is fitted; 1 if not
 *     named
 */
public record Sampling(
    int attackCap,
    int attackFloor,
    int benignCap,
    Map<String, Integer> benignCaps,
    Map<String, Double> benignWeights) {
  /** Copies the maps. */
  public Sampling {
    benignCaps = Map.copyOf(benignCaps);
    benignWeights = Map.copyOf(benignWeights);
  }

  /**
   * Weight of a benign flow.
   *
   * @param activity the benign activity
   * @return greater than 0
   */
  public double weight(String activity) {
    return benignWeights.getOrDefault(activity, 1.0);
  }
}
