package io.caracal.plugin.manager.internal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long each step of a change took, in the order in which they were done. For one thread. */
public final class Steps {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<String, Double> milliseconds = new LinkedHashMap<>();

  /** A step that may be refused. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws Refusal;
  }

  /** A step that gives nothing. */
  @FunctionalInterface
  interface Act {
    void run() throws Refusal;
  }

  /** Takes a step and the time of it. */
  void act(String name, Act act) throws Refusal {
    take(
        name,
        () -> {
          act.run();
          return name;
        });
  }

  /** Takes a step and the time of it. */
  <T> T take(String name, Step<T> step) throws Refusal {
    long begun = System.nanoTime();
    try {
      return step.run();
    } finally {
      double took = (System.nanoTime() - begun) / NANOS_PER_MILLI;
      milliseconds.put(name, Math.rint(took * 1000) / 1000);
    }
  }

  /** Milliseconds, to the microsecond, by step. */
  Map<String, Double> milliseconds() {
    return new LinkedHashMap<>(milliseconds);
  }

  /** Such as {@code stage 0.8 ms, verify 12.1 ms}. */
  public static String text(Map<String, Double> milliseconds) {
    return milliseconds.entrySet().stream()
        .map(step -> String.format(Locale.ROOT, "%s %.1f ms", step.getKey(), step.getValue()))
        .collect(Collectors.joining(", "));
  }
}
