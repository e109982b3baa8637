package io.caracal.core.internal.alert;

import io.caracal.api.alert.Detection;
import io.caracal.api.detect.Suspicion;

/**
 * How sure it is that a detection is a true one, from 0 to 1: the larger of what the flow says and
 * what its host's flows say together.
 *
 * <ul>
 *   <li>The flow: its calibrated probability times what the detectors agree, {@code p (1 - u)}.
 *   <li>The host: {@code 1 - 10^(threshold - evidence) / 2}. At the threshold it is as likely as
 *       not to be one of the false alerts that the budget allows; evidence is a decimal logarithm,
 *       so each unit beyond makes that ten times less likely.
 * </ul>
 */
final class Confidence {
  /** Of what is surer, a person may act on the alert alone. */
  static final float SURE = 0.9f;

  /** Of what is less sure, it is rather false than true. */
  static final float WEAK = 0.5f;

  private Confidence() {}

  static float of(Detection detection) {
    float flow = detection.probability() * (1 - detection.uncertainty());
    return Math.max(flow, detection.host().map(Confidence::of).orElse(0f));
  }

  private static float of(Suspicion host) {
    double missing = Math.min(0, host.threshold() - host.evidence());
    return (float) (1 - Math.pow(10, missing) / 2);
  }
}
