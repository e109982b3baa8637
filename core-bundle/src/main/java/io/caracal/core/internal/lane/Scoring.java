package io.caracal.core.internal.lane;

import io.caracal.api.detect.Detector;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.DetectorPool;

/** Where complete batches are scored: at once by their lane, or by one thread for all lanes. */
interface Scoring extends AutoCloseable {
  /** Sees to it that a batch is {@linkplain Rows#scored scored}, now or later. */
  void score(Rows rows);

  @Override
  default void close() {}

  /**
   * What {@code scoring.mode} asks for; {@code auto} is shared if a detector runs elsewhere than on
   * the CPU.
   *
   * @param block whether lanes wait when a shared scorer falls behind
   */
  static Scoring of(Settings settings, DetectorPool detectors, Scorer scorer, boolean block) {
    String mode = settings.text("scoring.mode", "auto");
    boolean shared =
        mode.equals("shared")
            || (mode.equals("auto") && detectors.scoring().stream().anyMatch(Scoring::accelerated));
    return shared
        ? new SharedScoring(scorer, settings.integer("scoring.shared-batch", 4096), block)
        : rows -> rows.scored(scorer.score(rows.blank(), rows.room()));
  }

  private static boolean accelerated(Detector detector) {
    return !detector.description().device().equals("cpu");
  }
}
