package io.caracal.core.internal.alert;

import io.caracal.api.alert.Severity;
import io.caracal.api.detect.AttackClass;

/** What a class of attacks does to its victims, and how severe an alert about it is. */
enum Harm {
  /** Somebody is inside already, or data leaves. */
  BREACH(Severity.HIGH, Severity.MEDIUM),
  /** Somebody tries to get in, to stop a service or to pass for another host. */
  ATTACK(Severity.MEDIUM, Severity.MEDIUM),
  /** Somebody looks around. */
  RECONNAISSANCE(Severity.LOW, Severity.LOW),
  /** Nobody knows what it is. */
  UNKNOWN(Severity.LOW, Severity.LOW);

  private final Severity sure;
  private final Severity likely;

  Harm(Severity sure, Severity likely) {
    this.sure = sure;
    this.likely = likely;
  }

  /** Classes that are not known here, as other models have them, are attacks. */
  static Harm of(AttackClass attackClass) {
    return switch (attackClass.name()) {
      case "command-and-control", "tunnel", "exfiltration", "lateral-movement" -> BREACH;
      case "scan" -> RECONNAISSANCE;
      case "anomaly" -> UNKNOWN;
      default -> ATTACK;
    };
  }

  /**
   * How severe an alert is. What is rather false than true is for the record, whatever it would do.
   *
   * @param confidence 0 to 1
   * @param wide whether it concerns many hosts or services: one degree worse
   */
  Severity severity(float confidence, boolean wide) {
    if (confidence < Confidence.WEAK || this == UNKNOWN) {
      return Severity.LOW;
    }
    Severity severity = confidence >= Confidence.SURE ? sure : likely;
    return wide ? Severity.values()[Math.max(0, severity.ordinal() - 1)] : severity;
  }
}
