package io.caracal.engine.onnx.internal;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends calls of sessions that take too long, such as of a graph whose loop never ends. One thread
 * looks after the calls of all lanes; ONNX Runtime heeds it between two nodes of a graph and two
 * rounds of a loop. Thread-safe.
 */
final class CallLimit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallLimit.class);

  /** Rows of a batch for which the limit is meant; larger ones have more time, pro rata. */
  private static final int ROWS = 256;

  private static final int LOOKS = 10;

  private final Duration limit;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final Queue<Call> idle = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("caracal-onnx-limit").factory());
  private final ScheduledFuture<?> looks;

  /** Begins to look after calls that may take so long each. */
  CallLimit(Duration limit) {
    this.limit = limit;
    long pause = Math.max(1, limit.toMillis() / LOOKS);
    looks = thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    calls.forEach(call -> call.look(now));
  }

  /** A call begins; it must be closed when it has come back. */
  Call begin(int rows) throws OrtException {
    Call free = idle.poll();
    Call call = free == null ? new Call() : free;
    call.begin((long) (limit.toNanos() * Math.max(1.0, (double) rows / ROWS)));
    return call;
  }

  @Override
  public void close() {
    looks.cancel(false);
    thread.shutdownNow();
    for (Call call = idle.poll(); call != null; call = idle.poll()) {
      call.release();
    }
  }

  /** A call of a session that is looked after. */
  final class Call implements AutoCloseable {
    private final RunOptions options;
    private long deadline;
    private boolean running;
    private boolean ended;

    private Call() throws OrtException {
      options = new RunOptions();
      calls.add(this);
    }

    private synchronized void begin(long nanos) {
      deadline = System.nanoTime() + nanos;
      running = true;
    }

    /** What makes ONNX Runtime heed the limit. */
    RunOptions options() {
      return options;
    }

    private synchronized void look(long now) {
      if (running && !ended && now - deadline > 0) {
        try {
          ended = true;
          options.setTerminate(true);
        } catch (OrtException e) {
          LOG.error("a call that takes too long cannot be ended: {}", e.toString());
        }
      }
    }

    /** Says so if the call failed because it was ended. */
    synchronized void requireInTime() throws TimeoutException {
      if (ended) {
        throw new TimeoutException(
            "did not come back within detectors.call-limit, " + limit.toMillis() / 1000.0 + " s");
      }
    }

    @Override
    public synchronized void close() {
      running = false;
      if (ended) {
        release();
      } else {
        idle.add(this);
      }
    }

    private void release() {
      calls.remove(this);
      options.close();
    }
  }
}
