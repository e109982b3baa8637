package io.caracal.benchmarks.scoring;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every detector of the distribution on one device and then on another: flows per second by batch
 * size, by the clock, from views in memory to scores in memory; and how far the scores lie apart.
 */
public final class DeviceBenchmark {
  private static final int[] SIZES = {1, 16, 64, 256, 1024, 4096, 16_384};
  private static final int ROUNDS = 21;
  private static final int WARMUP = 5;
  private static final double ROUND_NANOS = 1e7;

  /** What one detector did with batches of one size. */
  @SuppressWarnings("ArrayRecordComponent") // Read once.
  private record Run(String device, double nanos, float[] scores) {}

  private DeviceBenchmark() {}

  /**
   * Measures.
   *
   * @param arguments the distribution's folder, a capture, two devices, the GPU first since ONNX
   *     Runtime looks for its CUDA library where it was loaded from first ({@code cuda:0}, {@code
   *     cpu}), and ids of detectors if not all are wanted
   * @throws Exception if the distribution does not start or the capture cannot be read
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 4) {
      System.err.println(
          "usage: DeviceBenchmark felix-config/target/caracal CAPTURE cuda:0 cpu [DETECTOR...]");
      System.exit(2);
    }
    Path home = Path.of(arguments[0]);
    List<String> ids =
        Distribution.models(home, List.of(arguments).subList(4, arguments.length)).stream()
            .map(ModelJar::id)
            .toList();
    FlowPool pool = FlowPool.read(Path.of(arguments[1]), SIZES[SIZES.length - 1]);
    Map<String, List<Run>> first = measure(home, arguments[2], ids, pool);
    Map<String, List<Run>> second = measure(home, arguments[3], ids, pool);
    System.out.println(
        "| detector | batch | flows/s | flows/s | ratio | scores apart, of their spread |");
    System.out.println("|---|---|---|---|---|---|");
    for (String id : ids) {
      for (int i = 0; i < SIZES.length; i++) {
        print(id, SIZES[i], first.get(id).get(i), second.get(id).get(i));
      }
    }
  }

  private static Map<String, List<Run>> measure(
      Path home, String device, List<String> ids, FlowPool pool) throws Exception {
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    try (Distribution sensor = Distribution.start(home, Map.of("caracal.engine.device", device))) {
      for (String id : ids) {
        Detector detector = sensor.detector(id);
        String where = sensor.device(id);
        if (!where.equals(device)) {
          System.err.println(id + " runs on " + where + ", not on " + device);
        }
        List<Run> done = new ArrayList<>();
        for (int size : SIZES) {
          done.add(run(detector, where, pool.batch(0, size)));
        }
        runs.put(id, done);
      }
    }
    return runs;
  }

  private static Run run(Detector detector, String where, FlowBatch batch) throws Exception {
    Scores scores = new Scores(batch.size());
    int repeats = 1;
    while (time(detector, batch, scores, repeats) * repeats < ROUND_NANOS) {
      repeats *= 2;
    }
    double[] nanos = new double[ROUNDS];
    for (int round = -WARMUP; round < ROUNDS; round++) {
      double took = time(detector, batch, scores, repeats);
      if (round >= 0) {
        nanos[round] = took;
      }
    }
    Arrays.sort(nanos);
    float[] values = new float[batch.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = scores.abstained(row) ? Float.NaN : scores.score(row);
    }
    return new Run(where, nanos[ROUNDS / 2], values);
  }

  private static double time(Detector detector, FlowBatch batch, Scores scores, int repeats)
      throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      scores.reset(batch.size());
      detector.score(batch, scores);
    }
    return (double) (System.nanoTime() - start) / repeats;
  }

  private static void print(String id, int size, Run first, Run second) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f (%s) | %.0f (%s) | %.2f | %.1e |%n",
        id,
        size,
        size * 1e9 / first.nanos,
        first.device,
        size * 1e9 / second.nanos,
        second.device,
        first.nanos / second.nanos,
        apart(first.scores, second.scores));
  }

  /** The greatest difference of two scores of a flow, as a share of the range of all, if any. */
  private static double apart(float[] first, float[] second) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double apart = 0;
    for (int row = 0; row < first.length; row++) {
      if (Float.isNaN(first[row]) != Float.isNaN(second[row])) {
        return Double.NaN;
      }
      if (!Float.isNaN(first[row])) {
        least = Math.min(least, first[row]);
        most = Math.max(most, first[row]);
        apart = Math.max(apart, Math.abs((double) first[row] - second[row]));
      }
    }
    return apart == 0 ? 0 : most > least ? apart / (most - least) : Double.NaN;
  }
}
