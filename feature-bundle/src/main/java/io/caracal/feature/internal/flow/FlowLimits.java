package io.caracal.feature.internal.flow;

import io.caracal.api.flow.FlowSettings;
import java.time.Duration;

/** The bounds of {@link FlowSettings}, checked, in the units of the packet path. */
record FlowLimits(long idleNanos, long activeNanos, long activityNanos, int maxFlows) {
  /**
   * Checks and converts.
   *
   * @throws IllegalArgumentException with one sentence that names the setting
   */
  static FlowLimits of(FlowSettings settings) {
    if (settings.maxFlows() < 1) {
      throw new IllegalArgumentException(
          "maxFlows is " + settings.maxFlows() + ", but a flow table needs room for at least 1");
    }
    return new FlowLimits(
        nanos("idleTimeout", settings.idleTimeout()),
        nanos("activeTimeout", settings.activeTimeout()),
        nanos("activityTimeout", settings.activityTimeout()),
        settings.maxFlows());
  }

  static long nanos(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " is " + duration + ", but must be more than 0");
    }
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          name + " is " + duration + ", but must be less than 292 years", e);
    }
  }
}
