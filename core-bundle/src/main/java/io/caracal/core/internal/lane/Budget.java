package io.caracal.core.internal.lane;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.ensemble.LogisticEnsemble;

/**
 * What the operator is ready to see.
 *
 * @param falseAlertsPerDay alerts on benign traffic per day
 * @param flowsPerDay benign flows of this network per day; 0 for what its site profile counted, or
 *     {@value #USUAL} without one
 */
public record Budget(double falseAlertsPerDay, double flowsPerDay) {
  private static final double USUAL = 50_000;

  /** The budget that the settings state. */
  public static Budget of(Settings settings) {
    return new Budget(
        settings.number("alerts.false-per-day", 5), settings.number("alerts.flows-per-day", 0));
  }

  /** The probability that keeps it. */
  public double threshold(Ensemble ensemble) {
    return ensemble.threshold(falseAlertsPerDay, flowsPerDay(ensemble));
  }

  /** Flows that make a day on the network that an ensemble judges. */
  public double flowsPerDay(Ensemble ensemble) {
    if (flowsPerDay > 0) {
      return flowsPerDay;
    }
    return LogisticEnsemble.of(ensemble)
        .map(judge -> judge.siteFlowsPerDay().orElse(USUAL))
        .orElse(USUAL);
  }

  /** The evidence against a host that keeps it. */
  double hostThreshold(Ensemble ensemble) {
    return ensemble.hostThreshold(falseAlertsPerDay, flowsPerDay);
  }
}
