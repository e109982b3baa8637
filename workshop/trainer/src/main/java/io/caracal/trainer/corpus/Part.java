package io.caracal.trainer.corpus;

/** What a flow serves for. */
public enum Part {
  /** Models are fitted to it. */
  TRAIN,
  /** Early stopping, thresholds and the ensemble are fitted to it. */
  CALIBRATION,
  /** Figures are measured on it; nothing is fitted to it. */
  VALIDATION,
  /** Too close to a cut in time. */
  GAP
}
