package io.caracal.core.internal.lane;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Brings the steps of all lanes into one order, that of {@link Step}: a step is passed on as soon
 * as every lane has come further, so the sequence is the same however many lanes there are and
 * however their threads run. One thread at a time is inside.
 */
final class TimeOrder {
  /** Every lane is waited for. */
  static final long PATIENT = Long.MAX_VALUE;

  private final Position[] lanes;
  private final long patienceNanos;
  private final Consumer<Step> next;
  private final LongConsumer clock;
  private final List<Step> waiting = new ArrayList<>();
  private Position passed = Position.BEGIN;
  private long outOfOrder;

  /**
   * An order over so many lanes.
   *
   * @param patienceNanos a lane that is further behind the first one is not waited for
   * @param next takes the steps
   * @param clock told, after the steps, the time that all lanes have reached
   */
  TimeOrder(int lanes, long patienceNanos, Consumer<Step> next, LongConsumer clock) {
    this.lanes = new Position[lanes];
    this.patienceNanos = patienceNanos;
    this.next = next;
    this.clock = clock;
    Arrays.fill(this.lanes, Position.BEGIN);
  }

  /**
   * A lane has come further.
   *
   * @param steps what it did on the way; emptied
   * @param position where it is now
   */
  synchronized void advance(int lane, List<Step> steps, Position position) {
    for (Step step : steps) {
      if (passed.after(step)) {
        outOfOrder++;
      }
    }
    waiting.addAll(steps);
    steps.clear();
    lanes[lane] = position;
    passOn(reached());
  }

  /** What all lanes have reached, or all but those that are not waited for. */
  private Position reached() {
    Position last = Position.END;
    long first = Long.MIN_VALUE;
    for (Position lane : lanes) {
      last = lane.compareTo(last) < 0 ? lane : last;
      first = lane.nanos() == Long.MAX_VALUE ? first : Math.max(first, lane.nanos());
    }
    boolean late = first != Long.MIN_VALUE && last.nanos() < first - patienceNanos;
    return patienceNanos != PATIENT && late ? Position.at(first - patienceNanos) : last;
  }

  private void passOn(Position until) {
    if (until.compareTo(passed) > 0) {
      passed = until;
    }
    Collections.sort(waiting);
    int count = 0;
    while (count < waiting.size() && passed.after(waiting.get(count))) {
      next.accept(waiting.get(count++));
    }
    waiting.subList(0, count).clear();
    if (passed.nanos() != Long.MIN_VALUE && passed.nanos() != Long.MAX_VALUE) {
      clock.accept(passed.nanos());
    }
  }

  /** Passes on everything up to a time, whatever the lanes may still bring. */
  synchronized void force(long nanos) {
    passOn(Position.at(nanos + 1));
  }

  /** Whether no lane is further behind than this one. */
  synchronized boolean last(int lane) {
    for (Position other : lanes) {
      if (other.compareTo(lanes[lane]) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A lane will not begin anew. */
  synchronized void leave(int lane) {
    lanes[lane] = Position.GONE;
  }

  /** Begins anew for a capture of another time; nothing waits any more. */
  synchronized void restart() {
    passed = Position.BEGIN;
    Arrays.setAll(lanes, lane -> lanes[lane].equals(Position.GONE) ? lanes[lane] : Position.BEGIN);
  }

  /** Steps that came too late for the order. */
  synchronized long outOfOrder() {
    return outOfOrder;
  }
}
