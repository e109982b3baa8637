package io.caracal.core.internal.flowlog;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.core.internal.lane.ScoredBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies every flow that ends into batches of its own, which a thread writes into files. Batches
 * are bounded: when all are waiting to be written a replay waits, and live the flow is left out and
 * counted, so that a slow disk never stops detection.
 */
public final class FlowLog implements ScoredBatch.Listener, AutoCloseable {
  private static final int ROWS = 256;
  private static final int BATCHES = 32;

  private final LogSettings settings;
  private final boolean block;
  private final LogWriter writer;
  private final BlockingQueue<FlowBatch> empty = new ArrayBlockingQueue<>(BATCHES);
  private final BlockingQueue<FlowBatch> full = new ArrayBlockingQueue<>(BATCHES);
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread thread;
  private @Nullable FlowBatch filling;
  private volatile boolean stopping;

  /**
   * Starts the log.
   *
   * @param block whether a lane waits when writing falls behind
   */
  public FlowLog(LogSettings settings, FlowSettings flows, boolean block) {
    this.settings = settings;
    this.block = block;
    writer = new LogWriter(settings, flows);
    for (int i = 0; i < BATCHES; i++) {
      empty.add(new FlowBatch(ROWS, settings.views()));
    }
    thread = Thread.ofPlatform().name("caracal-flowlog").start(this::write);
  }

  @Override
  public synchronized void onRow(ScoredBatch scored, int row) {
    if (scored.batch().reason(row) == EndReason.CHECKPOINT) {
      return;
    }
    FlowBatch batch = filling;
    if (batch != null && !samePeriod(batch, scored.batch(), row)) {
      full.add(batch);
      batch = null;
    }
    if (batch == null) {
      batch = take();
    }
    filling = batch;
    if (batch == null) {
      leftOut.incrementAndGet();
      return;
    }
    copy(scored, row, batch);
    if (batch.full()) {
      full.add(batch);
      filling = null;
    }
  }

  private boolean samePeriod(FlowBatch one, FlowBatch other, int row) {
    return settings.periodOf(one.flow(0).writtenNanos())
        == settings.periodOf(other.flow(row).writtenNanos());
  }

  private @Nullable FlowBatch take() {
    if (!block) {
      return empty.poll();
    }
    try {
      return empty.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void copy(ScoredBatch scored, int row, FlowBatch to) {
    int at = to.size();
    to.addFrom(scored.batch(), row);
    for (View view : settings.computed()) {
      if (!scored.batch().views().contains(view)) {
        blank(to, view.description(), at);
      }
    }
    if (settings.views().contains(Judgement.VIEW)) {
      boolean judged = scored.judgements().judged(row);
      to.view(Judgement.VIEW.description().name())
          .put(at, judged ? scored.judgements().probability(row) : Judgement.NONE);
    }
  }

  /** A view that was taken away while the sensor works is unknown from then on. */
  private static void blank(FlowBatch batch, ViewDescription view, int row) {
    for (int column = 0; column < view.width(); column++) {
      batch.view(view.name()).put(row * view.width() + column, Float.NaN);
    }
  }

  private void write() {
    try {
      while (!stopping || !full.isEmpty()) {
        FlowBatch batch = full.poll(100, TimeUnit.MILLISECONDS);
        if (batch != null) {
          writer.write(batch);
          batch.clear();
          empty.add(batch);
        } else if (!block) {
          rotate(System.currentTimeMillis() * 1_000_000);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.finish();
  }

  /** On a silent link the wall clock ends a period. */
  private void rotate(long nowNanos) {
    FlowBatch batch = null;
    synchronized (this) {
      if (filling != null && writer.due(nowNanos)) {
        batch = filling;
        filling = null;
      }
    }
    if (batch != null) {
      writer.write(batch);
      batch.clear();
      empty.add(batch);
    }
    writer.advance(nowNanos);
  }

  /** Counters under {@code flowlog.}. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>(writer.counters());
    counters.put("flowlog.left_out", leftOut.get());
    return counters;
  }

  /** Writes what waits and ends the file; the lanes have ended. */
  @Override
  public void close() {
    synchronized (this) {
      if (filling != null && filling.size() > 0) {
        full.add(filling);
        filling = null;
      }
    }
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
