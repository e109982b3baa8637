package io.caracal.benchmarks.intake;

/** Work that shares nothing: what more threads can gain at best on this machine. */
final class Arithmetic implements Contender {
  private static final long STEPS = 200_000_000L;

  private long result;

  @Override
  public String name() {
    return "arithmetic, for comparison";
  }

  @Override
  public long run() {
    long a = result + 1;
    long b = 3;
    long c = 5;
    long d = 7;
    for (long step = 0; step < STEPS; step++) {
      a = a * 31 + step;
      b = b + (b >>> 3) ^ step;
      c = (c ^ c << 1) + step;
      d = d + (d >>> 7) ^ step;
    }
    result = a + b + c + d;
    return STEPS;
  }
}
