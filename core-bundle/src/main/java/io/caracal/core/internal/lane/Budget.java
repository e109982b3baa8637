package io.caracal.core.internal.lane;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.plugin.Settings;

/**
 * What the operator is ready to see.
 *
 * @param falseAlertsPerDay alerts on benign traffic per day
 * @param flowsPerDay benign flows of this network per day
 */
public record Budget(double falseAlertsPerDay, double flowsPerDay) {
  /** The budget that the settings state. */
  public static Budget of(Settings settings) {
    return new Budget(
        settings.number("alerts.false-per-day", 5),
        settings.number("alerts.flows-per-day", 50_000));
  }

  /** The threshold that keeps it. */
  public double threshold(Ensemble ensemble) {
    return ensemble.threshold(falseAlertsPerDay, flowsPerDay);
  }
}
