package io.caracal.benchmarks.alerts;

import io.caracal.api.alert.Detection;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.core.internal.alert.AlertBook;
import io.caracal.core.internal.alert.AlertRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * Detections per second into the alert book, against a bare hash map that counts them by attacker
 * and class, in the same run. Three kinds of traffic: a scanner that knocks at many ports, a flood
 * from many sources, and a mixture of 2,000 attackers with four classes. Arguments: detections,
 * rounds.
 */
public final class BookRate {
  private static final long SECOND = 1_000_000_000L;
  private static final int PER_SECOND = 50_000;
  private static final List<AttackClass> CLASSES =
      List.of(
          new AttackClass("scan", "T1046"),
          new AttackClass("flood", "T1498"),
          new AttackClass("brute-force", "T1110"),
          new AttackClass("web-attack", "T1190"));

  private BookRate() {}

  private record Key(long attacker, AttackClass attackClass) {}

  /** Who does what to whom. */
  private interface Kind {
    Detection detection(int number, Random random);
  }

  /** Runs it. */
  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    Map<String, Kind> kinds =
        Map.of(
            "scan of many ports", (i, random) -> of(i, 1, i % 254, i % 65_536, CLASSES.get(0)),
            "flood from many sources", (i, random) -> of(i, i % 40_000, 7, 80, CLASSES.get(1)),
            "2,000 attackers, four classes",
                (i, random) ->
                    of(
                        i,
                        random.nextInt(2_000),
                        random.nextInt(254),
                        random.nextInt(1_024),
                        CLASSES.get(random.nextInt(CLASSES.size()))));
    for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
      kinds.forEach((name, kind) -> compare(name, detections(kind, count)));
    }
  }

  private static List<Detection> detections(Kind kind, int count) {
    Random random = new Random(1);
    List<Detection> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(kind.detection(i, random));
    }
    return all;
  }

  private static Detection of(int i, int attacker, int victim, int port, AttackClass what) {
    FlowIdentity who =
        new FlowIdentity(
            false, 0, 0x0a000000L + attacker, 40_000, 0, 0xc0a80000L + victim, port, 6, 0, false);
    long time = i / PER_SECOND * SECOND;
    return new Detection(i, who, time, time, 30, 1800, what, 0.95f, 0.1f, List.of());
  }

  private static void compare(String name, List<Detection> detections) {
    Map<Key, LongAdder> counts = new HashMap<>();
    long start = System.nanoTime();
    for (Detection detection : detections) {
      counts
          .computeIfAbsent(
              new Key(detection.identity().sourceLow(), detection.attackClass()),
              key -> new LongAdder())
          .increment();
    }
    double bare = detections.size() / ((System.nanoTime() - start) / 1e9);

    LongAdder events = new LongAdder();
    AlertBook book = new AlertBook(AlertRules.DEFAULT, event -> events.increment());
    start = System.nanoTime();
    for (Detection detection : detections) {
      book.add(detection, List::of, detection.lastNanos());
      book.advance(detection.lastNanos());
    }
    double rate = detections.size() / ((System.nanoTime() - start) / 1e9);
    System.out.printf(
        Locale.ROOT,
        "%-32s %,12.0f detections/s, %d events; bare map of %d keys %,12.0f/s, ratio %.3f%n",
        name,
        rate,
        events.sum(),
        counts.size(),
        bare,
        rate / bare);
  }
}
