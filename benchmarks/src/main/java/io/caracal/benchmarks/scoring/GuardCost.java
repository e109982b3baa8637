package io.caracal.benchmarks.scoring;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.guard.DetectorCall;
import io.caracal.core.internal.guard.DirectCall;
import io.caracal.core.internal.guard.OwnThreads;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What it costs that a detector with code is called on a thread of its own with copies of the
 * batch, and that what it allocates is counted: the same detector called bare, counted, and on its
 * own thread, in turn.
 */
public final class GuardCost {
  private static final int[] SIZES = {1, 32, 256};
  private static final int ROUNDS = 31;
  private static final int CALLS = 2000;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private GuardCost() {}

  /** Adds up a row of {@code cic}. */
  private static final class Sum implements Detector {
    private final DetectorDescription description =
        new DetectorDescription(
            "sum",
            "1.0.0",
            "sum of columns",
            DetectorKind.UNSUPERVISED,
            List.of("cic"),
            List.of(),
            "java",
            "cpu",
            1,
            1,
            Map.of());

    @Override
    public DetectorDescription description() {
      return description;
    }

    @Override
    public void score(FlowBatch batch, Scores scores) {
      FloatBuffer rows = batch.view("cic");
      int width = rows.capacity() / batch.capacity();
      for (int row = 0; row < batch.size(); row++) {
        float sum = 0;
        for (int column = 0; column < width; column++) {
          sum += rows.get(row * width + column);
        }
        scores.set(row, sum, Scores.NO_CLASS);
      }
    }
  }

  /**
   * Measures.
   *
   * @param arguments a capture
   * @throws Exception if it cannot be read
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: GuardCost CAPTURE");
      System.exit(2);
    }
    FlowPool pool = FlowPool.read(Path.of(arguments[0]), SIZES[SIZES.length - 1]);
    Sum sum = new Sum();
    DetectorCall counted = new DirectCall(sum, new LongAdder());
    System.out.println("| flows | bare, µs | counted, µs | on its own thread, µs |");
    System.out.println("|---|---|---|---|");
    try (DetectorCall apart = new OwnThreads("sum", sum, counted, LIMIT)) {
      for (int size : SIZES) {
        FlowBatch batch = pool.batch(0, size);
        double[][] micros = new double[3][ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
          int at = Math.max(0, round);
          micros[0][at] = micros(sum::score, batch);
          micros[1][at] = micros(counted::score, batch);
          micros[2][at] = micros(apart::score, batch);
        }
        Arrays.stream(micros).forEach(Arrays::sort);
        System.out.printf(
            Locale.ROOT,
            "| %d | %.2f | %.2f | %.2f |%n",
            size,
            micros[0][ROUNDS / 2],
            micros[1][ROUNDS / 2],
            micros[2][ROUNDS / 2]);
      }
    }
  }

  @FunctionalInterface
  private interface Call {
    void score(FlowBatch batch, Scores scores) throws Exception;
  }

  private static double micros(Call call, FlowBatch batch) throws Exception {
    Scores scores = new Scores(batch.size());
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      scores.reset(batch.size());
      call.score(batch, scores);
    }
    return (System.nanoTime() - start) / 1e3 / CALLS;
  }
}
