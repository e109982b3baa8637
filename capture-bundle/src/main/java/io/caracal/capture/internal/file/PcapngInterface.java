package io.caracal.capture.internal.file;

/**
 * One interface of a pcapng section.
 *
 * @param linkType LINKTYPE_ value
 * @param snapshotLength bytes kept of each frame, 0 for all
 * @param unitsPerSecond resolution of its timestamps if it is decimal, else 0
 * @param binaryDigits resolution of its timestamps if it is a negative power of two, else 0
 * @param offsetSeconds to be added to its timestamps
 */
record PcapngInterface(
    int linkType, long snapshotLength, long unitsPerSecond, int binaryDigits, long offsetSeconds) {

  private static final long NANOS = 1_000_000_000L;
  private static final int MAX_DECIMAL_DIGITS = 18;

  /** Reads the option if_tsresol: a negative power of ten, or of two if the upper bit is set. */
  static PcapngInterface of(int linkType, long snapshotLength, int resolution, long offset) {
    int digits = resolution & 0x7f;
    if ((resolution & 0x80) != 0) {
      return new PcapngInterface(linkType, snapshotLength, 0, digits, offset);
    }
    long units = 1;
    for (int i = 0; i < Math.min(digits, MAX_DECIMAL_DIGITS); i++) {
      units *= 10;
    }
    return new PcapngInterface(linkType, snapshotLength, units, 0, offset);
  }

  /** Converts a timestamp, unsigned units since 1970, to nanoseconds. */
  long nanos(long units) {
    long seconds;
    long fraction;
    if (unitsPerSecond != 0) {
      seconds = Long.divideUnsigned(units, unitsPerSecond);
      long rest = units - seconds * unitsPerSecond;
      fraction =
          unitsPerSecond <= NANOS
              ? rest * (NANOS / unitsPerSecond)
              : rest / (unitsPerSecond / NANOS);
    } else if (binaryDigits < Long.SIZE) {
      seconds = binaryDigits == 0 ? units : units >>> binaryDigits;
      long rest = units - (seconds << binaryDigits);
      // The rest as a fraction of 2^64, of which the upper half of the product are nanoseconds.
      fraction =
          binaryDigits == 0
              ? 0
              : Math.unsignedMultiplyHigh(rest << (Long.SIZE - binaryDigits), NANOS);
    } else {
      seconds = 0;
      fraction = Math.unsignedMultiplyHigh(units, NANOS) >>> Math.min(binaryDigits - Long.SIZE, 63);
    }
    return (seconds + offsetSeconds) * NANOS + fraction;
  }
}
