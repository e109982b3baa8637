package io.caracal.benchmarks.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every detector of the distribution, called through its OSGi service as the sensor calls it, in
 * turn with the bare ONNX Runtime call on the same batches: flows per second of one core by batch
 * size, and the ratio of the two, by the calling thread's processor time.
 */
public final class ScoringBenchmark {
  private static final int[] SIZES = {1, 8, 32, 64, 128, 256, 512};
  private static final int FLOWS = 4096;
  private static final int ROUNDS = 31;
  private static final int WARMUP = 6;
  private static final double ROUND_NANOS = 2e7;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ScoringBenchmark() {}

  @FunctionalInterface
  private interface Call {
    void run() throws Exception;
  }

  /**
   * Measures.
   *
   * @param arguments the distribution's folder {@code felix-config/target/caracal}, a capture, and
   *     ids of detectors if not all are wanted
   * @throws Exception if the distribution does not start or the capture cannot be read
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println(
          "usage: ScoringBenchmark felix-config/target/caracal CAPTURE [DETECTOR...]");
      System.exit(2);
    }
    // Before the engine says where its own copy of the native library lies: one for each loader.
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Path home = Path.of(arguments[0]);
    FlowPool pool = FlowPool.read(Path.of(arguments[1]), FLOWS);
    System.out.println("| detector | batch | flows/s and core | bare ONNX Runtime | ratio |");
    System.out.println("|---|---|---|---|---|");
    try (Distribution sensor = Distribution.start(home, Map.of())) {
      List<String> wanted = List.of(arguments).subList(2, arguments.length);
      for (Path bundle : Distribution.models(home, wanted)) {
        Detector detector = sensor.detector(ModelJar.id(bundle));
        compare(detector, ModelJar.read(bundle), pool, environment);
      }
    }
  }

  private static void compare(
      Detector detector, Optional<ModelJar> model, FlowPool pool, OrtEnvironment environment)
      throws Exception {
    for (int size : SIZES) {
      FlowBatch batch = pool.batch(0, size);
      Scores scores = new Scores(size);
      Call sensor =
          () -> {
            scores.reset(size);
            detector.score(batch, scores);
          };
      if (model.isEmpty()) {
        double nanos = median(rounds(List.of(sensor)), 0);
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %.0f | - | - |%n",
            detector.description().id(),
            size,
            size * 1e9 / nanos);
        continue;
      }
      try (BareModel bare = new BareModel(environment, model.get().bytes())) {
        Map<String, OnnxTensor> tensors = bare.tensors(batch, model.get().viewOfInput());
        List<double[]> rounds = rounds(List.of(sensor, () -> bare.run(tensors)));
        double ratio = middle(rounds.stream().mapToDouble(round -> round[0] / round[1]).toArray());
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %.0f | %.0f | %.3f |%n",
            detector.description().id(),
            size,
            size * 1e9 / median(rounds, 0),
            size * 1e9 / median(rounds, 1),
            ratio);
        tensors.values().forEach(OnnxTensor::close);
      }
    }
  }

  /** Nanoseconds of a call of each, by round; the calls take turns, so that both see the same. */
  private static List<double[]> rounds(List<Call> calls) throws Exception {
    int repeats = 1;
    while (time(calls.getFirst(), repeats) * repeats < ROUND_NANOS) {
      repeats *= 2;
    }
    List<double[]> rounds = new ArrayList<>();
    for (int round = 0; round < WARMUP + ROUNDS; round++) {
      double[] nanos = new double[calls.size()];
      for (int i = 0; i < nanos.length; i++) {
        int which = (i + round) % nanos.length;
        nanos[which] = time(calls.get(which), repeats);
      }
      if (round >= WARMUP) {
        rounds.add(nanos);
      }
    }
    return rounds;
  }

  private static double time(Call call, int repeats) throws Exception {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < repeats; i++) {
      call.run();
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / repeats;
  }

  private static double median(List<double[]> rounds, int call) {
    return middle(rounds.stream().mapToDouble(round -> round[call]).toArray());
  }

  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
