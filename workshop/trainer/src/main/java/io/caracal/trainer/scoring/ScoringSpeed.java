package io.caracal.trainer.scoring;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many flows a second of one core a model scores, by the size of the batch. Time is the calling
 * thread's on the processor, so that other work on the machine hardly counts; of several rounds the
 * fastest does.
 *
 * @param flowsPerSecond by rows in a batch
 */
public record ScoringSpeed(SortedMap<Integer, Double> flowsPerSecond) {
  private static final int[] BATCHES = {1, 32, 64, 128, 256};
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 15_000_000;
  private static final int WARM_UP = 20;

  /** Copies the map. */
  public ScoringSpeed {
    flowsPerSecond = new TreeMap<>(flowsPerSecond);
  }

  /**
   * Measures a model.
   *
   * @param model scores in the calling thread
   * @param rows raw rows, taken again from the start where they do not suffice; at least one
   * @param width floats per row
   * @return its speed
   */
  public static ScoringSpeed measure(BatchScorer model, float[] rows, int width) {
    SortedMap<Integer, Double> speeds = new TreeMap<>();
    int count = rows.length / width;
    for (int batch : BATCHES) {
      float[] some = new float[batch * width];
      for (int i = 0; i < batch; i++) {
        System.arraycopy(rows, i % count * width, some, i * width, width);
      }
      speeds.put(batch, fastest(model, some, batch));
    }
    return new ScoringSpeed(speeds);
  }

  private static double fastest(BatchScorer model, float[] rows, int count) {
    for (int i = 0; i < WARM_UP; i++) {
      model.score(rows, count);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = threads.getCurrentThreadCpuTime();
      long flows = 0;
      long spent;
      do {
        model.score(rows, count);
        flows += count;
        spent = threads.getCurrentThreadCpuTime() - begin;
      } while (spent < ROUND_NANOS);
      best = Math.max(best, flows / (spent / 1e9));
    }
    return best;
  }

  /** The batch at which most flows are scored. */
  public int bestBatch() {
    return flowsPerSecond.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }
}
