package io.caracal.core.internal.capture;

import io.caracal.core.internal.lane.Lane;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane's thread: polls this lane's feed of every interface in turn and lets time pass where no
 * packet comes. What goes wrong with a packet is counted and logged, and the next one is taken;
 * only what goes wrong again and again, or with the JVM itself, ends the lane.
 */
final class LaneRunner implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);
  private static final int POLL = 4096;
  private static final int WAIT_MILLIS = 100;
  private static final long PUBLISH_NANOS = 100_000_000L;
  private static final long SHORTEST_PAUSE_NANOS = 250_000L;
  private static final long LONGEST_PAUSE_NANOS = 8_000_000L;
  private static final int LOGGED_FAILURES = 10;
  private static final int FAILURES_IN_A_ROW = 1000;

  private final Lanes lanes;
  private final Pipeline pipeline;
  private final Lane lane;
  private final List<Feed> feeds;
  private final long lagNanos;
  private long pauseNanos = SHORTEST_PAUSE_NANOS;
  private long published = System.nanoTime();
  private int failuresInARow;
  private volatile boolean stopping;
  private volatile Optional<String> end = Optional.empty();

  /**
   * A lane.
   *
   * @param lagNanos how long a packet may take from its time stamp to this thread: time passes that
   *     much later where none comes, so that it does not overtake packets on their way, and what is
   *     computed from packets is what a file of them gives
   */
  LaneRunner(Lanes lanes, Pipeline pipeline, List<Feed> feeds, long lagNanos) {
    this.lanes = lanes;
    this.lagNanos = lagNanos;
    this.pipeline = pipeline;
    this.lane = pipeline.lane();
    this.feeds = feeds;
  }

  @Override
  public void run() {
    while (end.isEmpty() && !(stopping && feeds.stream().noneMatch(Feed::open))) {
      try {
        round();
        failuresInARow = 0;
      } catch (Throwable failure) { // one packet must not end a run of months
        failed(failure);
      }
    }
    finish();
  }

  private void finish() {
    try {
      pipeline.finish();
    } catch (RuntimeException e) {
      LOG.error("a lane could not end its flows: {}", e.toString(), e);
      end = Optional.of("a lane could not end its flows: " + e + "; the log has the details");
      lanes.abort();
    }
  }

  private void round() {
    int frames = 0;
    boolean alone = feeds.size() == 1;
    for (Feed feed : feeds) {
      frames += feed.poll(lane, POLL, alone ? WAIT_MILLIS : 0);
    }
    if (frames < POLL) {
      lane.advance(WallClock.nanos() - lagNanos);
    }
    if (frames > 0) {
      pauseNanos = SHORTEST_PAUSE_NANOS;
    } else if (!alone) {
      LockSupport.parkNanos(pauseNanos);
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }
    long now = System.nanoTime();
    if (now - published >= PUBLISH_NANOS) {
      published = now;
      pipeline.publish();
    }
  }

  private void failed(Throwable failure) {
    long failures = pipeline.failed();
    if (failures <= LOGGED_FAILURES) {
      LOG.error("lane failure {}, the lane goes on: {}", failures, failure.toString(), failure);
    }
    failuresInARow++;
    if (failure instanceof VirtualMachineError || failuresInARow == FAILURES_IN_A_ROW) {
      end = Optional.of("a lane cannot go on: " + failure + "; the log has the details");
    }
  }

  /** Asks the lane to end once its feeds are closed. */
  void stop() {
    stopping = true;
  }

  /** Why the lane ended by itself; empty while it works. */
  Optional<String> end() {
    return end;
  }
}
