package io.caracal.core.internal.capture;

import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import io.caracal.core.internal.lane.CaptureCounters;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Live capture of several interfaces by lanes, from opening to the last packet. */
public final class LiveCapture implements AutoCloseable {
  private static final long SUPERVISION_MILLIS = 100;

  /** From the end of what the kernel holds back to the lane's thread, on a busy machine. */
  private static final long HANDOVER_MILLIS = 100;

  private final List<Tap> taps;
  private final long lagNanos;
  private final Notices notices;
  private final OneSidedWatch oneSided;

  private LiveCapture(List<Tap> taps, long lagNanos, Notices notices) {
    this.taps = taps;
    this.lagNanos = lagNanos;
    this.notices = notices;
    String names = taps.stream().map(Tap::name).collect(Collectors.joining(" and "));
    this.oneSided = new OneSidedWatch(names, notices);
  }

  /**
   * Opens interfaces. One that cannot be opened while others can is tried again during the run.
   *
   * @param requests by the interfaces as the operator named them
   * @throws IOException with a sentence if none can be opened
   * @throws IllegalArgumentException with a sentence if a source is not installed
   */
  public static LiveCapture open(
      Map<InterfaceName, SourceRequest> requests, CaptureSettings settings, SourcePool sources)
      throws IOException {
    Notices notices = new Notices();
    List<Tap> taps =
        requests.entrySet().stream()
            .map(e -> new Tap(e.getKey(), e.getValue(), settings, sources, notices))
            .toList();
    open(taps, notices);
    int delayMillis =
        requests.values().stream().mapToInt(SourceRequest::delayMillis).max().orElse(0);
    return new LiveCapture(taps, (HANDOVER_MILLIS + 2L * delayMillis) * 1_000_000, notices);
  }

  private static void open(List<Tap> taps, Notices notices) throws IOException {
    taps.forEach(Tap::requireSource);
    Map<String, String> failures = new LinkedHashMap<>();
    for (Tap tap : taps) {
      try {
        tap.open();
      } catch (IOException e) {
        failures.put(tap.name(), String.valueOf(e.getMessage()));
      }
    }
    if (failures.size() == taps.size()) {
      close(taps);
      throw new IOException(String.join("; ", failures.values().stream().distinct().toList()));
    }
    failures.forEach((name, reason) -> notices.warn(name + " is not captured yet: " + reason));
  }

  /**
   * Captures until told to stop, then reads what has arrived, ends the lanes and closes everything.
   *
   * @param work the lanes to feed
   * @param watch called several times a second
   * @return why the run ended by itself; empty if it was told to
   */
  public Optional<String> run(Lanes work, BooleanSupplier stop, Runnable watch) {
    List<LaneRunner> lanes = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Pipeline pipeline : work.pipelines()) {
      int lane = lanes.size();
      lanes.add(
          new LaneRunner(
              work, pipeline, taps.stream().map(tap -> tap.feeds().get(lane)).toList(), lagNanos));
      threads.add(Thread.ofPlatform().name("caracal-lane-" + lane).start(lanes.getLast()));
    }
    try {
      while (!stop.getAsBoolean() && end(lanes).isEmpty()) {
        taps.forEach(Tap::supervise);
        Map<String, Long> flows = work.counters();
        oneSided.look(flows.get("flow.conversations"), flows.get("flow.one_sided"));
        watch.run();
        Thread.sleep(SUPERVISION_MILLIS);
      }
      lanes.forEach(LaneRunner::stop);
      taps.forEach(Tap::finish);
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
    return end(lanes);
  }

  /** Closes every input; what has arrived and was not read is lost. */
  @Override
  public void close() {
    close(taps);
  }

  private static void close(List<Tap> taps) {
    taps.forEach(Tap::finish);
    taps.forEach(Tap::close);
  }

  private static Optional<String> end(List<LaneRunner> lanes) {
    return lanes.stream().flatMap(lane -> lane.end().stream()).findFirst();
  }

  /** The counters under {@code capture.}: the sums, then each interface. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    CaptureCounters.put(
        counters,
        "capture.",
        taps.stream().map(Tap::counters).reduce(SourceCounters.NONE, SourceCounters::plus));
    counters.put("capture.warnings", oneSided.warning() ? List.of("one_sided") : List.of());
    taps.forEach(tap -> tap.count(counters));
    return counters;
  }

  /** What an operator should know of this run so far. */
  public List<String> notices() {
    return notices.sentences();
  }
}
