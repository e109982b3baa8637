package io.caracal.core.internal.guard;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a detector that is code on threads of its own, with copies of what it is given, and waits
 * for it only so long. One that does not come back is interrupted and left alone with its copies:
 * nothing that it may still read or write is used again.
 */
public final class OwnThreads implements DetectorCall {
  private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final String name;
  private final List<String> views;
  private final DetectorCall call;
  private final Duration limit;
  private final ExecutorService executor;

  /** One for each lane that asks at the same time. */
  private final Queue<Desk> desks = new ConcurrentLinkedQueue<>();

  /**
   * Threads for a detector.
   *
   * @param name of the plugin, which the threads bear
   * @param call calls it
   * @param limit how long a call is waited for
   */
  public OwnThreads(String name, Detector detector, DetectorCall call, Duration limit) {
    this.name = name;
    this.views = detector.description().views();
    this.call = call;
    this.limit = limit;
    this.executor =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("caracal-plugin-" + name + "-", 0).factory());
  }

  /** Copies of a batch and of room for its scores. */
  private record Desk(FlowBatch batch, Scores scores) {
    static Desk of(FlowBatch like, List<View> views) {
      return new Desk(new FlowBatch(like.capacity(), views), new Scores(like.capacity()));
    }

    boolean fits(FlowBatch other, List<View> views) {
      return batch.capacity() >= other.size() && batch.views().equals(views);
    }

    void take(FlowBatch other) {
      batch.clear();
      for (int row = 0; row < other.size(); row++) {
        batch.addFrom(other, row);
      }
      scores.reset(other.size());
    }
  }

  @Override
  public void score(FlowBatch batch, Scores scores) throws Exception {
    Desk desk = desk(batch);
    desk.take(batch);
    Future<?> answer =
        executor.submit(
            () -> {
              call.score(desk.batch(), desk.scores());
              return null;
            });
    try {
      await(answer, Limits.proRata(limit.toNanos(), batch.size()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new EndlessCall("did not come back within detectors.call-limit, " + seconds() + " s");
    } catch (ExecutionException e) {
      desks.add(desk);
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    for (int row = 0; row < batch.size(); row++) {
      scores.copy(row, desk.scores(), row);
    }
    desks.add(desk);
  }

  private Desk desk(FlowBatch batch) {
    List<View> read =
        batch.views().stream().filter(view -> views.contains(view.description().name())).toList();
    Desk free = desks.poll();
    return free != null && free.fits(batch, read) ? free : Desk.of(batch, read);
  }

  /** An interrupt is for the lane, which must not take it for the plugin's fault. */
  private static void await(Future<?> answer, long nanos)
      throws ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String seconds() {
    return Double.toString(limit.toMillis() / 1000.0);
  }

  /** Ends the threads; one that does not end is told of. */
  @Override
  public void close() {
    executor.shutdownNow();
    desks.clear();
    try {
      if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("a thread of {} does not end; restart the sensor to be rid of it", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
