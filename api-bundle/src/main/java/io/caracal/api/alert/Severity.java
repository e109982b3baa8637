package io.caracal.api.alert;

/** How bad an alert is; the number is EVE's, 1 is worst. */
public enum Severity {
  /** Act now. */
  HIGH(1),
  /** Look today. */
  MEDIUM(2),
  /** For the record: weak or contradictory evidence. */
  LOW(3);

  private final int number;

  Severity(int number) {
    this.number = number;
  }

  /**
   * EVE's number.
   *
   * @return 1 to 3
   */
  public int number() {
    return number;
  }
}
