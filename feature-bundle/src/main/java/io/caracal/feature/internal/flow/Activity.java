package io.caracal.feature.internal.flow;

import io.caracal.api.flow.Moments;
import org.jspecify.annotations.Nullable;

/**
 * Active periods, the pauses between them, and sub-flows. As in the corrected CICFlowMeter, a
 * period counts once a pause has ended it and if it has a length; the running one does not.
 */
final class Activity {
  private static final long SUBFLOW_GAP_NANOS = 1_000_000_000L;

  private long activeStart;
  private int subflows = 1;
  private @Nullable RunningMoments active;
  private @Nullable RunningMoments idle;

  Activity(long startNanos) {
    activeStart = startNanos;
  }

  /** Counts the silence before a packet that is not the flow's first. */
  void afterSilence(long silenceNanos, long lastNanos, long activityTimeoutNanos) {
    if (silenceNanos > SUBFLOW_GAP_NANOS) {
      subflows++;
    }
    if (silenceNanos > activityTimeoutNanos) {
      pause(silenceNanos, lastNanos);
    }
  }

  private void pause(long silenceNanos, long lastNanos) {
    long length = lastNanos - activeStart;
    if (length > 0) {
      active = added(active, length);
    }
    idle = added(idle, silenceNanos);
    activeStart = lastNanos + silenceNanos;
  }

  private static RunningMoments added(@Nullable RunningMoments moments, long value) {
    RunningMoments present = moments == null ? new RunningMoments() : moments;
    present.add(value);
    return present;
  }

  long subflows() {
    return subflows;
  }

  Moments active() {
    return active == null ? ExactMoments.NONE : active;
  }

  Moments idle() {
    return idle == null ? ExactMoments.NONE : idle;
  }
}
