package io.caracal.core.internal.command;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import io.caracal.core.internal.lane.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds captures to a lane, one after the other. A capture that goes on where the one before ended
 * (a rotated file) continues its flows; one of another time starts afresh.
 */
final class CaptureReader {
  /** What happened to one capture. */
  record Outcome(String capture, SourceCounters counters, List<String> notices, String failure) {}

  /** Called between polls. */
  @FunctionalInterface
  interface Watcher {
    void progress(String capture, double share);
  }

  private static final int POLL = 4096;
  private static final int WAIT_MILLIS = 100;

  private final Parts parts;
  private final Lane lane;
  private final Duration idleTimeout;
  private final Runnable flush;
  private final Stop stop;
  private SourceCounters sum = SourceCounters.NONE;

  CaptureReader(Parts parts, Lane lane, Duration idleTimeout, Runnable flush, Stop stop) {
    this.parts = parts;
    this.lane = lane;
    this.idleTimeout = idleTimeout;
    this.flush = flush;
    this.stop = stop;
  }

  /**
   * Reads every capture; one that cannot be read is reported and the rest go on.
   *
   * @param follow whether they are still being written
   */
  List<Outcome> read(List<String> captures, boolean follow, Watcher watcher) {
    List<Outcome> outcomes = new ArrayList<>();
    for (String capture : captures) {
      SourceRequest request = follow ? SourceRequest.growing(capture) : SourceRequest.file(capture);
      try (PacketInput input = parts.open(request)) {
        outcomes.add(read(request, input, watcher));
      } catch (IOException e) {
        outcomes.add(
            new Outcome(capture, SourceCounters.NONE, List.of(), String.valueOf(e.getMessage())));
      }
    }
    return outcomes;
  }

  private Outcome read(SourceRequest request, PacketInput input, Watcher watcher) {
    String failure = "";
    int frames = 0;
    SourceCounters before = sum;
    FrameHandler handler = new Continuing();
    PacketClock clock = new PacketClock(lane);
    try {
      while (frames != PacketInput.END && !stop.asked()) {
        frames = input.poll(handler, POLL, WAIT_MILLIS);
        sum = before.plus(input.counters());
        if (request.follow()) {
          clock.polled(frames);
        }
        watcher.progress(request.name(), input.progress());
      }
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    sum = before.plus(input.counters());
    List<String> notices = new ArrayList<>(input.notices());
    boolean caughtUp = frames == PacketInput.END || (request.follow() && frames < POLL);
    if (!caughtUp && failure.isEmpty()) {
      notices.add(request.name() + " was not read to its end: the sensor was stopped.");
    }
    return new Outcome(request.name(), input.counters(), notices, failure);
  }

  /** Counts of all captures so far. */
  SourceCounters counters() {
    return sum;
  }

  /** Decides at a capture's first frame whether it continues the one before. */
  private final class Continuing implements FrameHandler {
    private boolean begun;

    @Override
    public void onFrame(Frame frame) {
      if (!begun) {
        begun = true;
        long before = lane.nowNanos();
        boolean continues =
            frame.timeNanos >= before && frame.timeNanos - before <= idleTimeout.toNanos();
        if (before != Long.MIN_VALUE && !continues) {
          flush.run();
        }
      }
      lane.onFrame(frame);
    }
  }
}
