package io.caracal.capture.internal.live;

/** Counters of 32 bits that begin anew when they are full. */
public final class Counting {
  private Counting() {}

  /**
   * Continues a count.
   *
   * @param before the count so far
   * @param now what the 32-bit counter says, as an int or as a long
   * @return {@code before} and what came since
   */
  public static long grown(long before, long now) {
    return before + ((now - before) & 0xffff_ffffL);
  }
}
