package io.caracal.api.detect;

/** What a detector's score means. */
public enum DetectorKind {
  /**
   * Trained on labels: the score is the probability of an attack, 0 to 1, and comes with a class.
   */
  SUPERVISED,
  /**
   * Trained on normal traffic: the score is a distance from normal, at least 0, higher is stranger.
   */
  UNSUPERVISED
}
