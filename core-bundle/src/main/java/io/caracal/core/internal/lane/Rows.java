package io.caracal.core.internal.lane;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowRecord;
import io.caracal.core.internal.evidence.Evidence;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way: filled by its lane, completed by the contexts, scored, passed on row by row,
 * and back in its lane for the next records. It changes hands through the lane's mailbox.
 */
final class Rows {
  /** What the lane is to do with it next. */
  enum State {
    /** All columns are written: it can be scored. */
    COMPLETE,
    /** It was scored: its rows can be passed on in their order. */
    SCORED,
    /** Every row was passed on: it can be filled again. */
    DONE
  }

  private final FlowBatch batch;
  private final Step[] steps;
  private final ScoreRoom room;
  private final Queue<Rows> mailbox;
  private ViewPlan plan;
  private State state = State.DONE;
  private final ScoredBatch blank;
  private ScoredBatch scored;
  private @Nullable Step first;
  private int completed;
  private int expected = -1;
  private int passedOn;

  /**
   * An empty batch.
   *
   * @param evidence of the lane
   * @param mailbox where its lane finds it again
   */
  Rows(ViewPlan plan, int capacity, Evidence evidence, Queue<Rows> mailbox) {
    this.plan = plan;
    this.mailbox = mailbox;
    batch = new FlowBatch(capacity, plan.views());
    steps = new Step[capacity];
    room = new ScoreRoom(capacity);
    blank = ScoredBatch.blank(batch, room.judgements(), evidence);
    scored = blank;
  }

  /** Makes it empty for a plan; false if it carries other views than that. */
  boolean reuse(ViewPlan next) {
    plan = next;
    completed = 0;
    expected = -1;
    passedOn = 0;
    batch.clear();
    return carries(next);
  }

  /** Whether it carries just the views of a plan. */
  boolean carries(ViewPlan next) {
    return batch.views().equals(next.views());
  }

  /** Adds a record. */
  Step add(FlowRecord record) {
    int row = batch.size();
    batch.add(record);
    Step step =
        new Step(record.writtenNanos(), record.startNanos(), batch.identity(row), this, row);
    steps[row] = step;
    first = row == 0 || first == null || step.compareTo(first) < 0 ? step : first;
    return step;
  }

  /** The views it carries and their contexts. */
  ViewPlan plan() {
    return plan;
  }

  FlowBatch batch() {
    return batch;
  }

  ScoreRoom room() {
    return room;
  }

  State state() {
    return state;
  }

  /** Its first step in the order of time; it has at least one row. */
  Step first() {
    return Objects.requireNonNull(first);
  }

  /** No row will be added: from now on it is complete once the contexts wrote all its rows. */
  void close() {
    expected = batch.size();
    completeIfDone();
  }

  /** The contexts have written a row. */
  void rowCompleted() {
    completed++;
    completeIfDone();
  }

  private void completeIfDone() {
    if (completed == expected) {
      complete();
    }
  }

  /** All columns are written. */
  void complete() {
    post(State.COMPLETE);
  }

  /** What is said of it before anybody looked. */
  ScoredBatch blank() {
    return blank;
  }

  /** Nobody will say anything of it. */
  void unjudged() {
    room.judgements().reset(batch.size());
    scored(blank);
  }

  /** The detectors have had their say. */
  void scored(ScoredBatch result) {
    scored = result;
    post(State.SCORED);
  }

  ScoredBatch scored() {
    return scored;
  }

  /** Adds its steps to a list. */
  void addTo(List<Step> list) {
    for (int row = 0; row < batch.size(); row++) {
      list.add(steps[row]);
    }
  }

  /** A row was passed on. */
  void rowPassedOn() {
    if (++passedOn == batch.size()) {
      post(State.DONE);
    }
  }

  private void post(State next) {
    state = next;
    mailbox.add(this);
  }
}
