package io.caracal.feature.internal.flow;

import io.caracal.api.flow.FlowSettings;
import java.time.Duration;

/** The bounds of {@link FlowSettings}, checked, in the units of the packet path. */
record FlowLimits(
    long idleNanos,
    long activeNanos,
    long activityNanos,
    int maxFlows,
    long emergencyIdleNanos,
    int emergencySampling) {
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
    FlowSettings.Emergency emergency = settings.emergency();
    if (emergency.sampling() < 1) {
      throw new IllegalArgumentException(
          "emergency.sampling is " + emergency.sampling() + ", but must be at least 1");
    }
    long idle = nanos("idleTimeout", settings.idleTimeout());
    return new FlowLimits(
        idle,
        nanos("activeTimeout", settings.activeTimeout()),
        nanos("activityTimeout", settings.activityTimeout()),
        settings.maxFlows(),
        Math.min(idle, nanos("emergency.idleTimeout", emergency.idleTimeout())),
        emergency.sampling());
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
