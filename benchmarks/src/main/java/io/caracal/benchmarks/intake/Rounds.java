package io.caracal.benchmarks.intake;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs contenders in turn, several rounds, and prints medians and ratios to the first. */
final class Rounds {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final int warmup;
  private final int measured;

  Rounds(int warmup, int measured) {
    this.warmup = warmup;
    this.measured = measured;
  }

  /** Medians of one contender. */
  private record Figures(double packetsPerSecond, double bytesPerPacket) {}

  void compare(List<Contender> contenders) throws IOException {
    Map<Contender, List<Figures>> figures = new LinkedHashMap<>();
    for (int round = 0; round < warmup + measured; round++) {
      for (Contender contender : contenders) {
        Figures seen = measure(contender);
        if (round >= warmup) {
          figures.computeIfAbsent(contender, c -> new ArrayList<>()).add(seen);
        }
      }
    }
    double first = 0;
    for (Map.Entry<Contender, List<Figures>> entry : figures.entrySet()) {
      double[] rates =
          entry.getValue().stream().mapToDouble(Figures::packetsPerSecond).sorted().toArray();
      double[] bytes =
          entry.getValue().stream().mapToDouble(Figures::bytesPerPacket).sorted().toArray();
      double rate = rates[rates.length / 2];
      first = first == 0 ? rate : first;
      System.out.printf(
          Locale.ROOT,
          "%-48s %6.2f M packets per CPU-second (%.2f to %.2f)  ratio %5.2f  %.4f bytes"
              + " allocated per packet%n",
          entry.getKey().name(),
          rate / 1e6,
          rates[0] / 1e6,
          rates[rates.length - 1] / 1e6,
          rate / first,
          bytes[bytes.length / 2]);
    }
  }

  private static Figures measure(Contender contender) throws IOException {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    long packets = contender.run();
    long nanos = THREADS.getCurrentThreadCpuTime() - start;
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    return new Figures(packets * 1e9 / nanos, (double) allocated / packets);
  }

  /** The middle one of an odd number of values. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
