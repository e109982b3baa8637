package io.caracal.core.internal.command;

import io.caracal.api.packet.SourceCounters;
import io.caracal.core.internal.command.CaptureReader.Outcome;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads captures with all lanes at once. Each opens the captures on its own and decodes all of
 * them, which costs less than to hand packets from thread to thread, but counts only its share. The
 * calling thread is the first lane.
 */
final class LaneReaders {
  /** Called between polls of the first lane. */
  @FunctionalInterface
  interface Watcher {
    void progress(double share, long packets);
  }

  private static final CaptureReader.Watcher NOBODY = (capture, share) -> {};

  private final Lanes lanes;
  private final List<CaptureReader> readers = new ArrayList<>();
  private final Stop stop;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  LaneReaders(Parts parts, Lanes lanes, Duration idleTimeout, Stop stop) {
    this.lanes = lanes;
    this.stop = stop;
    for (Pipeline pipeline : lanes.pipelines()) {
      readers.add(new CaptureReader(parts, pipeline.lane(), idleTimeout, pipeline::end, stop));
    }
  }

  /**
   * Reads every capture and ends the lanes.
   *
   * @param follow whether they are still being written
   */
  List<Outcome> read(List<String> captures, boolean follow, Watcher watcher) {
    if (readers.size() > 1) {
      captures.forEach(LaneReaders::requireFile);
    }
    List<FutureTask<List<Outcome>>> tasks = new ArrayList<>();
    for (CaptureReader reader : readers) {
      CaptureReader.Watcher lane =
          reader == readers.getFirst()
              ? (capture, share) -> watcher.progress(share, packets())
              : NOBODY;
      tasks.add(new FutureTask<>(() -> readLane(reader, captures, follow, lane)));
    }
    for (int lane = 1; lane < tasks.size(); lane++) {
      Thread.ofPlatform().name("caracal-lane-" + lane).start(tasks.get(lane));
    }
    tasks.getFirst().run();
    return outcomes(tasks);
  }

  private List<Outcome> readLane(
      CaptureReader reader, List<String> captures, boolean follow, CaptureReader.Watcher watcher) {
    try {
      List<Outcome> outcomes = reader.read(captures, follow, watcher);
      lanes.pipelines().get(readers.indexOf(reader)).finish();
      return outcomes;
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      lanes.abort();
      stop.ask();
      throw e;
    }
  }

  /** What happened to the captures, by the first lane, and by others where only they failed. */
  private List<Outcome> outcomes(List<FutureTask<List<Outcome>>> tasks) {
    List<Outcome> merged = List.of();
    for (FutureTask<List<Outcome>> task : tasks) {
      try {
        List<Outcome> outcomes = task.get();
        merged = merged.isEmpty() ? outcomes : withFailures(merged, outcomes);
      } catch (ExecutionException e) {
        // The one that failed first says why; the others only say that it did.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the replay was interrupted", e);
      }
    }
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
    return merged;
  }

  private static List<Outcome> withFailures(List<Outcome> first, List<Outcome> other) {
    List<Outcome> merged = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Outcome one = first.get(i);
      merged.add(
          one.failure().isEmpty() && i < other.size()
              ? new Outcome(one.capture(), one.counters(), one.notices(), other.get(i).failure())
              : one);
    }
    return merged;
  }

  private long packets() {
    return lanes.counters().getOrDefault("decoder.packets", 0L);
  }

  /** A pipe can be read only once. */
  private static void requireFile(String capture) {
    Path path = Path.of(capture);
    if (capture.equals("-")
        || (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path))) {
      throw new Failure(
          (capture.equals("-") ? "standard input" : capture)
              + " can be read only once, so only by one lane; set replay.lanes=1 or name a file");
    }
  }

  /** Counts of all captures so far; every lane reads the same. */
  SourceCounters counters() {
    return readers.getFirst().counters();
  }
}
