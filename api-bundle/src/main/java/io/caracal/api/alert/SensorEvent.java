package io.caracal.api.alert;

/** What a sensor tells the world. */
public sealed interface SensorEvent
    permits FlowEvent, AnomalyEvent, AlertEvent, DriftEvent, StatsEvent {
  /**
   * When it happened, in packet time.
   *
   * @return nanoseconds since 1970-01-01 UTC
   */
  long timeNanos();
}
