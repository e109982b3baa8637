package io.caracal.core.internal.shadow;

import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.plugin.ShadowReport;
import io.caracal.api.plugin.ShadowTrials;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Onlooker;
import io.caracal.core.internal.detect.Panel;
import io.caracal.core.internal.guard.Breaker;
import io.caracal.core.internal.guard.Limits;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A trial that goes on until it is closed, or ends by itself because the version on trial fails or
 * is too slow. Thread-safe.
 */
abstract class Shadow implements ShadowTrials.Trial, Onlooker {
  private final DetectorPool pool;
  private final Breaker breaker;
  private final Round sum = new Round();

  /** One for each thread that scores. */
  private final Queue<Room> rooms = new ConcurrentLinkedQueue<>();

  private long failures;
  private String end = "";

  Shadow(DetectorPool pool, Limits limits) {
    this.pool = pool;
    this.breaker = new Breaker(limits);
  }

  /** Begins to look on. */
  Shadow begin() {
    pool.admit(this);
    return this;
  }

  /** Has the version on trial say what it has to say of a batch. */
  abstract void compare(
      Panel panel,
      FlowBatch batch,
      List<Vote> votes,
      Judgements judgements,
      double threshold,
      Room room,
      Round round)
      throws Exception;

  /** A report of what was compared. */
  abstract ShadowReport report(Round sum, double agreement, double meanShift, Outcome outcome);

  /**
   * How a trial goes.
   *
   * @param failures batches on which the version on trial failed
   * @param end why it ended by itself, empty while it goes on
   */
  record Outcome(long failures, String end) {}

  @Override
  public void judged(
      Panel panel, FlowBatch batch, List<Vote> votes, Judgements judgements, double threshold) {
    Room free = rooms.poll();
    Room room = free == null ? new Room() : free;
    Round round = new Round();
    try {
      compare(panel, batch, votes, judgements, threshold, room, round);
      add(round);
    } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
      failed(failure);
    } finally {
      rooms.add(room);
    }
  }

  private synchronized void add(Round round) {
    sum.rows += round.rows;
    sum.agreed += round.agreed;
    sum.shift += round.shift;
    sum.largestShift = Math.max(sum.largestShift, round.largestShift);
    sum.detectionsFrom += round.detectionsFrom;
    sum.detectionsTo += round.detectionsTo;
  }

  private synchronized void failed(Throwable failure) {
    failures++;
    breaker.failed(failure.toString()).ifPresent(reason -> end("it " + reason));
  }

  /** The version on trial did what it should; ends the trial if that takes too long too often. */
  final void succeeded(long nanos, int rows) {
    breaker.succeeded(nanos, rows).ifPresent(reason -> end("it " + reason));
  }

  /** Ends the trial for a reason, one sentence. */
  final synchronized void end(String reason) {
    if (end.isEmpty()) {
      end = reason;
      pool.dismiss(this);
    }
  }

  @Override
  public final synchronized ShadowReport report() {
    return report(
        sum,
        sum.rows == 0 ? 1 : (double) sum.agreed / sum.rows,
        sum.rows == 0 ? 0 : sum.shift / sum.rows,
        new Outcome(failures, end));
  }

  @Override
  public final void close() {
    pool.dismiss(this);
  }
}
