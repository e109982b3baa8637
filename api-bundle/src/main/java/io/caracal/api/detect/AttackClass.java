package io.caracal.api.detect;

/**
 * A class of attacks that a detector can name.
 *
 * @param name short name, for example {@code scan}
 * @param technique MITRE ATT&amp;CK technique, for example {@code T1046}; empty if there is none
 */
public record AttackClass(String name, String technique) {
  /** What an unsupervised detector sees: an anomaly of no known class. */
  public static final AttackClass ANOMALY = new AttackClass("anomaly", "");
}
