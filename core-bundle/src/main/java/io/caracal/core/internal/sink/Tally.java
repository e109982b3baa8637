package io.caracal.core.internal.sink;

import io.caracal.api.alert.SinkHealth;
import io.caracal.api.alert.SinkHealth.State;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the events for the sinks of one name, which come and go. */
final class Tally {
  final LongAdder delivered = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder leftOut = new LongAdder();
  final LongAdder aside = new LongAdder();
  private final String sink;
  private volatile long cursor;
  private volatile State state = State.WORKING;
  private volatile long sinceMillis = System.currentTimeMillis();
  private volatile String error = "";

  Tally(String sink, long cursor) {
    this.sink = sink;
    this.cursor = cursor;
  }

  long cursor() {
    return cursor;
  }

  void cursor(long reached) {
    cursor = reached;
  }

  State state() {
    return state;
  }

  /** What went wrong last; empty if nothing did. */
  String error() {
    return error;
  }

  /** Sets how the sink is; true if that is news. */
  boolean is(State now, String why) {
    boolean news = state != now;
    if (news) {
      state = now;
      sinceMillis = System.currentTimeMillis();
    }
    if (!why.isEmpty()) {
      error = why;
    }
    return news;
  }

  SinkHealth health() {
    return new SinkHealth(
        sink,
        state,
        sinceMillis,
        error,
        cursor,
        delivered.sum(),
        retried.sum(),
        leftOut.sum(),
        aside.sum());
  }

  /** Adds the counters under {@code sinks.NAME.}. */
  void put(Map<String, Object> counters, long committed) {
    String prefix = "sinks." + sink + ".";
    counters.put(prefix + "state", state.key());
    counters.put(prefix + "delivered", delivered.sum());
    counters.put(prefix + "pending", Math.max(0, committed - cursor));
    counters.put(prefix + "retried", retried.sum());
    counters.put(prefix + "left_out", leftOut.sum());
    counters.put(prefix + "set_aside", aside.sum());
  }
}
