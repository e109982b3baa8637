package io.caracal.trainer.mutate;

/** The one's complement sum of 16-bit words that IP, TCP and UDP carry (RFC 1071). */
final class InternetChecksum {
  private InternetChecksum() {}

  /**
   * Sums the words of a stretch, not folded; an odd byte at its end counts as if a zero followed.
   */
  static long sum(byte[] bytes, int from, int to) {
    long sum = 0;
    for (int at = from; at < to; at += 2) {
      sum += (bytes[at] & 0xff) << 8;
      sum += at + 1 < to ? bytes[at + 1] & 0xff : 0;
    }
    return sum;
  }

  /** Brings a sum down to 16 bits by adding what has been carried. */
  static int fold(long sum) {
    long folded = sum;
    while (folded >> 16 != 0) {
      folded = (folded & 0xffff) + (folded >> 16);
    }
    return (int) folded;
  }
}
