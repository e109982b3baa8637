package io.caracal.benchmarks.intake;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What this machine's memory gives one thread at best: the limit of whatever reads bytes. */
final class MemoryBandwidth {
  private static final long BYTES = 512L << 20;
  private static final int ROUNDS = 9;

  private MemoryBandwidth() {}

  /** Bytes per second that a copy reads; it writes as many. */
  static double copy() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(BYTES).fill((byte) 1);
      MemorySegment to = arena.allocate(BYTES).fill((byte) 2);
      return rate(BYTES, () -> to.copyFrom(from));
    }
  }

  /** Bytes per second that are read and nothing else: two equal stretches are compared. */
  static double read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocate(BYTES).fill((byte) 1);
      MemorySegment other = arena.allocate(BYTES).fill((byte) 1);
      return rate(
          2 * BYTES,
          () -> {
            if (one.mismatch(other) >= 0) {
              throw new IllegalStateException("memory that was filled alike differs");
            }
          });
    }
  }

  private static double rate(long bytes, Runnable work) {
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      work.run();
      rates[round] = bytes * 1e9 / (System.nanoTime() - start);
    }
    return Rounds.median(rates);
  }
}
