package io.caracal.core.internal.lane;

import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowRecord;
import io.caracal.core.internal.evidence.Evidence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Collects a lane's flow records into batches and sees them through their {@linkplain Stages
 * stages}. A batch goes on its way when it is full or when the deadline has passed, in packet time;
 * at the same moments the lane tells the others how far it has come. Batches are used again; a lane
 * that is ahead of the others waits once it has none left.
 */
final class Batcher implements FlowListener {
  /** Batches that a lane gets along with. */
  private static final int USUAL = 16;

  /** Batches that a lane may need so that time goes on for all. */
  private static final int MOST = 4 * USUAL;

  private static final int MOST_STEPS = 4096;
  private static final int LOOK_MILLIS = 10;

  private final int lane;
  private final int capacity;
  private final long deadlineNanos;
  private final Stages stages;
  private final Evidence evidence;
  private final LongConsumer beat;
  private final BlockingQueue<Rows> mailbox = new ArrayBlockingQueue<>(MOST);
  private final Deque<Rows> free = new ArrayDeque<>(MOST);

  /** On their way to be scored, in the order in which they were filled. */
  private final Deque<Rows> unscored = new ArrayDeque<>(MOST);

  private final List<Step> steps = new ArrayList<>();
  private final List<Step> scored = new ArrayList<>();
  private Rows rows;
  private int batches;
  private int scoring;
  private long dueNanos = Long.MIN_VALUE;
  private long nanos = Long.MIN_VALUE;
  private long flowNanos = Long.MIN_VALUE;
  private boolean flushing;
  private boolean filling = true;

  /**
   * A batcher for one lane.
   *
   * @param lane its number
   * @param capacity most rows of a batch
   * @param evidence the lane's
   * @param beat told the packet time whenever the others are
   */
  Batcher(
      int lane,
      int capacity,
      Duration deadline,
      Stages stages,
      Evidence evidence,
      LongConsumer beat) {
    this.lane = lane;
    this.capacity = capacity;
    this.deadlineNanos = deadline.toNanos();
    this.stages = stages;
    this.evidence = evidence;
    this.beat = beat;
    this.rows = allocate(stages.plans().current());
  }

  @Override
  public void onStart(FlowRecord record) {
    if (rows.plan().looksAround()) {
      steps.add(Step.start(record));
      if (steps.size() >= MOST_STEPS) {
        send();
      }
    }
  }

  @Override
  public void onFlow(FlowRecord record) {
    nanos = Math.max(nanos, record.writtenNanos());
    flowNanos = flushing ? record.startNanos() : Long.MIN_VALUE;
    Step step = rows.add(record);
    if (rows.plan().looksAround()) {
      steps.add(step);
    }
    if (rows.batch().full()) {
      send();
    }
  }

  /** Time passes: every record up to now was taken. */
  void advance(long nowNanos) {
    nanos = Math.max(nanos, nowNanos);
    if (nanos >= dueNanos) {
      dueNanos = nanos + deadlineNanos;
      send();
    }
  }

  /** From now on records come oldest start first, all of them written at the same time. */
  void flush() {
    flushing = true;
  }

  /** Sees everything through; no record will come before all lanes begin anew. */
  void end() {
    nanos = Long.MAX_VALUE;
    flowNanos = Long.MIN_VALUE;
    sendRows();
    push();
    while (free.size() < batches) {
      await();
    }
    flushing = false;
    nanos = Long.MIN_VALUE;
    dueNanos = Long.MIN_VALUE;
  }

  /** No record will come any more. */
  void leave() {
    stages.contexts().order().leave(lane);
    stages.order().leave(lane);
  }

  /** Begins anew, once all lanes have ended. */
  void begin() {
    rows = next();
    filling = true;
  }

  private void send() {
    beat.accept(nanos);
    if (rows.batch().size() > 0 || !rows.carries(stages.plans().current())) {
      sendRows();
      push();
      rows = next();
      filling = true;
    } else {
      push();
    }
  }

  private void sendRows() {
    filling = false;
    if (rows.batch().size() == 0) {
      free.add(rows);
      return;
    }
    unscored.add(rows);
    if (rows.plan().looksAround()) {
      stages.contexts().close(rows);
    } else {
      rows.complete();
    }
  }

  /** Says how far this lane has come, and does what can be done now. */
  private void push() {
    stages.contexts().order().advance(lane, steps, new Position(nanos, flowNanos));
    serve();
    stages.order().advance(lane, scored, scoredUpTo());
    serve();
  }

  /** What comes next in the order of scored rows stands in the oldest batch on its way. */
  private Position scoredUpTo() {
    if (unscored.isEmpty() && !(filling && rows.batch().size() > 0)) {
      return new Position(nanos, flowNanos);
    }
    Step first = unscored.isEmpty() ? rows.first() : unscored.getFirst().first();
    return flushing ? new Position(first.nanos(), first.flowNanos()) : Position.at(first.nanos());
  }

  private void serve() {
    for (Rows next = mailbox.poll(); next != null; next = mailbox.poll()) {
      take(next);
    }
  }

  private void take(Rows next) {
    switch (next.state()) {
      case COMPLETE -> {
        scoring++;
        stages.scoring().score(next);
      }
      case SCORED -> {
        scoring--;
        unscored.remove(next);
        next.addTo(scored);
      }
      case DONE -> free.add(next);
    }
  }

  /** An empty batch; waits for one if this lane is ahead of others. */
  private Rows next() {
    ViewPlan plan = stages.plans().current();
    long begun = System.nanoTime();
    while (true) {
      Rows again = free.poll();
      if (again != null && again.reuse(plan)) {
        return again;
      } else if (again != null) {
        batches--;
      } else if (batches < USUAL) {
        return allocate(plan);
      } else if (scoring > 0) {
        await();
      } else if (!stages.contexts().order().last(lane)
          && System.nanoTime() - begun < stages.patienceNanos()) {
        await();
      } else if (batches < MOST) {
        return allocate(plan);
      } else {
        force();
      }
    }
  }

  private Rows allocate(ViewPlan plan) {
    batches++;
    return new Rows(plan, capacity, evidence, mailbox);
  }

  /** Goes on without the others, or without knowing what else comes of this moment. */
  private void force() {
    stages.contexts().order().force(nanos);
    push();
    stages.order().force(nanos);
    serve();
  }

  private void await() {
    if (stages.aborted().get()) {
      throw new IllegalStateException("another lane failed");
    }
    try {
      Rows next = mailbox.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        take(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the lane was interrupted", e);
    }
    push();
  }
}
