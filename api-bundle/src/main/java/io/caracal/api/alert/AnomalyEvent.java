package io.caracal.api.alert;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One flow that was judged an attack: evidence for an alert, unless the operator has excluded it.
 *
 * @param timeNanos last packet of the flow as judged
 * @param detection the judgement
 * @param alert id of the alert that it belongs to; empty if it is excluded
 * @param exclusion number of the exclusion that covers it; empty if none does
 */
public record AnomalyEvent(
    long timeNanos, Detection detection, Optional<String> alert, OptionalLong exclusion)
    implements SensorEvent {
  /** Evidence for an alert. */
  public AnomalyEvent(long timeNanos, Detection detection, String alert) {
    this(timeNanos, detection, Optional.of(alert), OptionalLong.empty());
  }

  /** A flow that an exclusion covers. */
  public AnomalyEvent(long timeNanos, Detection detection, long exclusion) {
    this(timeNanos, detection, Optional.empty(), OptionalLong.of(exclusion));
  }
}
