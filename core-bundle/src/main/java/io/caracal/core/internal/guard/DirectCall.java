package io.caracal.core.internal.guard;

import com.sun.management.ThreadMXBean;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls a detector on the thread that asks, and counts what it allocates there.
 *
 * @param allocated bytes on the heap
 */
public record DirectCall(Detector detector, LongAdder allocated) implements DetectorCall {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Override
  public void score(FlowBatch batch, Scores scores) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      detector.score(batch, scores);
    } catch (TimeoutException e) {
      throw new EndlessCall(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      if (scores.notFinite() == 0) {
        throw e;
      }
    } finally {
      allocated.add(THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    if (scores.notFinite() > 0) {
      throw new NotFinite(batch.size());
    }
  }
}
