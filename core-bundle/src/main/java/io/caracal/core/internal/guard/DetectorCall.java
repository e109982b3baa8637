package io.caracal.core.internal.guard;

import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;

/** A way to have a detector score a batch. Thread-safe. */
public interface DetectorCall extends AutoCloseable {
  /**
   * Scores a batch.
   *
   * @param scores reset for the batch
   * @throws EndlessCall if the detector is waited for no longer
   * @throws NotFinite if it gave scores that are none
   * @throws Exception whatever else it throws
   */
  void score(FlowBatch batch, Scores scores) throws Exception;

  /** Ends what the calls needed; no call begins any more. */
  @Override
  default void close() {}
}
