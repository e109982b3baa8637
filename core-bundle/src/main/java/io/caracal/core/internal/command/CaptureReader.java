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
  private SourceCounters sum = SourceCounters.NONE;

  CaptureReader(Parts parts, Lane lane, Duration idleTimeout, Runnable flush) {
    this.parts = parts;
    this.lane = lane;
    this.idleTimeout = idleTimeout;
    this.flush = flush;
  }

  /** Reads every capture; one that cannot be read is reported and the rest go on. */
  List<Outcome> read(List<String> captures, Watcher watcher) {
    List<Outcome> outcomes = new ArrayList<>();
    for (String capture : captures) {
      try (PacketInput input = parts.open(SourceRequest.file(capture))) {
        outcomes.add(read(capture, input, watcher));
      } catch (IOException e) {
        outcomes.add(
            new Outcome(capture, SourceCounters.NONE, List.of(), String.valueOf(e.getMessage())));
      }
    }
    return outcomes;
  }

  private Outcome read(String capture, PacketInput input, Watcher watcher) {
    String failure = "";
    FrameHandler handler = new Continuing();
    try {
      while (input.poll(handler, POLL, WAIT_MILLIS) != PacketInput.END) {
        watcher.progress(capture, input.progress());
      }
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    sum = sum.plus(input.counters());
    return new Outcome(capture, input.counters(), input.notices(), failure);
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
