package io.caracal.trainer.ensemble;

import java.util.List;

/**
 * The table {@code model} of an ensemble's recipe.
 *
 * @param members folders of the detectors' bundle files, relative to the recipe
 * @param epsilon supervised scores are clamped to this distance from 0 and 1
 * @param knotsPerDecade knots of a conformal tail
 * @param ridge penalty on weights
 * @param missing weight of records without one of their members
 * @param alertWindowSeconds an alert is open until it was quiet this long
 * @param unattested benign activities that nobody attests: some are the wake of an attack, so false
 *     alerts are not counted on them
 * @param flowsPerDay benign flows that make a day
 * @param falseAlertsPerDay budget at which figures are measured
 * @param budgets other budgets, to show what they buy
 */
public record EnsembleSettings(
    List<String> members,
    double epsilon,
    int knotsPerDecade,
    double ridge,
    double missing,
    double alertWindowSeconds,
    List<String> unattested,
    double flowsPerDay,
    double falseAlertsPerDay,
    List<Double> budgets) {
  /** Copies the lists. */
  public EnsembleSettings {
    members = List.copyOf(members);
    unattested = List.copyOf(unattested);
    budgets = List.copyOf(budgets);
  }
}
