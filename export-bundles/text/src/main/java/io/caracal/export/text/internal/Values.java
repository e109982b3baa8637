package io.caracal.export.text.internal;

/** Numbers as text. */
final class Values {
  private Values() {}

  /** Appends a column's value: whole numbers without a fraction, since most columns are counts. */
  static void append(StringBuilder line, float value) {
    if (value == (int) value) {
      line.append((int) value);
    } else {
      line.append(value);
    }
  }
}
