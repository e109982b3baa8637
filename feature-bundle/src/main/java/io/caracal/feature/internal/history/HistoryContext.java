package io.caracal.feature.internal.history;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.feature.internal.view.Row;
import java.nio.FloatBuffer;
import java.util.Map;

/** The memory of the {@code history} view. */
final class HistoryContext implements ContextView.Context {
  private static final FlowIdentity NOBODY = new FlowIdentity(false, 0, 0, 0, 0, 0, 0, 0, 0, false);

  private final Actors actors;
  private final Novelty novelty;
  private final Reach reach;
  private final Volumes volumes;
  private final Rhythm rhythm = new Rhythm();
  private final Sessions sessions;
  private final Questions questions;

  /**
   * Remembers nothing yet.
   *
   * @param most see {@link Actors}
   */
  HistoryContext(int most) {
    actors = new Actors(most);
    novelty = new Novelty(actors);
    reach = new Reach(actors);
    volumes = new Volumes(actors);
    sessions = new Sessions(actors);
    questions = new Questions(actors);
  }

  /** Writes the columns of a flow that nothing is known of. */
  static void describe(Row row) {
    HistoryContext nothing = new HistoryContext(1024);
    nothing.turnTo(NOBODY, 0);
    nothing.columns(0, 0, row);
  }

  @Override
  public void onStart(FlowIdentity who, long nanos) {
    turnTo(who, nanos);
    actors.start();
    volumes.start();
    rhythm.start(nanos);
  }

  @Override
  public void write(FlowSummary flow, FloatBuffer row, int offset) {
    long now = flow.writtenNanos();
    turnTo(flow.who(), now);
    sessions.record(flow);
    if (flow.reason() != EndReason.CHECKPOINT) {
      actors.end(flow);
      volumes.end(flow);
      sessions.end(flow);
      questions.end(flow);
    }
    Row columns = Row.empty();
    columns(flow.startNanos(), now, columns);
    columns.copyTo(row, offset);
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of("history.forgotten", actors.evicted());
  }

  private void turnTo(FlowIdentity who, long now) {
    actors.turnTo(who, now);
    volumes.turn(now);
    rhythm.turnTo(actors.contactSlot, actors.contact.fresh());
    sessions.turn();
  }

  private void columns(long start, long now, Row row) {
    novelty.columns(start, now, row);
    reach.columns(row);
    volumes.columns(row);
    rhythm.columns(now, row);
    sessions.columns(row);
    questions.columns(row);
  }
}
