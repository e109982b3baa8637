package io.caracal.benchmarks.plugins;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.feature.internal.view.CicView;
import io.caracal.testkit.FelixContainer;
import io.caracal.testkit.PluginKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.osgi.framework.FrameworkUtil;

/**
 * Signed models of 1 MB are swapped while one lane scores a capture at full speed, over and over:
 * how long each step of a swap takes, and how much longer than otherwise the lane waits from batch
 * to batch while one is promoted.
 */
public final class SwapPause {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CAPTURES = 3_000;
  private static final long QUIET_MILLIS = 100;
  private static final int WARMUP = 10;

  private final ViewDescription view = new CicView().description();
  private final BatchClock clock = new BatchClock();
  private final AtomicLong changed = new AtomicLong();
  private final Map<String, List<Double>> steps = new LinkedHashMap<>();

  /** When the roles of plugins changed, and two moments at which nothing did. */
  private record Moments(int version, long quiet, long beside, long promoted) {}

  private SwapPause() {}

  /**
   * Measures.
   *
   * @param arguments the distribution's folder, a capture, how many swaps, and rows of a batch
   * @throws Exception if the distribution does not start or a model is refused
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 4) {
      System.err.println("usage: SwapPause felix-config/target/caracal CAPTURE SWAPS ROWS");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("swap");
    new SwapPause()
        .measure(
            folder,
            Path.of(arguments[0]),
            arguments[1],
            Integer.parseInt(arguments[2]) + WARMUP,
            arguments[3]);
  }

  private void measure(Path folder, Path home, String capture, int swaps, String rows)
      throws Exception {
    List<Path> models = models(folder, swaps);
    List<Moments> moments = new ArrayList<>();
    try (FelixContainer felix = start(folder, home, rows)) {
      PluginManager manager = new PluginManager(felix);
      felix
          .context()
          .registerService(
              Ensemble.class,
              clock,
              FrameworkUtil.asDictionary(Map.of("service.ranking", Integer.MAX_VALUE)));
      PluginRoles roles = felix.service(PluginRoles.class, "", PATIENCE);
      manager.install(models.getFirst());
      ToIntFunction<Map<String, Object>> replay = replay(felix);
      CompletableFuture<Integer> work =
          CompletableFuture.supplyAsync(
              () ->
                  replay.applyAsInt(
                      Map.of(
                          "captures",
                          Collections.nCopies(CAPTURES, capture),
                          "out",
                          folder.resolve("out").toString())));
      awaitScored(0);
      PluginRoles.Watch watch = roles.watch(() -> changed.set(System.nanoTime()));
      for (int version = 1; version <= swaps; version++) {
        moments.add(swap(manager, models.get(version), version));
      }
      watch.close();
      ((Runnable) replay).run(); // which asks it to stop
      work.join();
    }
    report(moments, Files.size(models.getLast()));
  }

  private Moments swap(PluginManager manager, Path model, int version) throws Exception {
    Thread.sleep(QUIET_MILLIS);
    long quiet = System.nanoTime() - Duration.ofMillis(QUIET_MILLIS / 2).toNanos();
    long begun = System.nanoTime();
    Map<String, Double> took = manager.install(model);
    long done = System.nanoTime();
    long promoted = changed.get();
    awaitScored(version);
    Thread.sleep(QUIET_MILLIS);
    long leaving = System.nanoTime();
    manager.remove(DenseModel.NAME, DenseModel.version(version - 1));
    long left = System.nanoTime();
    if (version > WARMUP) {
      took.forEach(this::add);
      add("from stage to promote", (done - begun) / 1e6);
      add("removal of the former version", (left - leaving) / 1e6);
    }
    return new Moments(version, quiet, begun + (promoted - begun) / 2, promoted);
  }

  private void add(String step, double millis) {
    steps.computeIfAbsent(step, name -> new ArrayList<>()).add(millis);
  }

  private void awaitScored(int version) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (clock.latest() != version) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("version " + version + " has not scored yet");
      }
      Thread.sleep(1);
    }
  }

  private List<Path> models(Path folder, int swaps) throws IOException {
    PluginKey key = PluginKey.trustedIn(folder);
    Path made = Files.createDirectories(folder.resolve("made"));
    List<Path> models = new ArrayList<>();
    for (int version = 0; version <= swaps; version++) {
      models.add(key.write(DenseModel.of(view, version), made));
    }
    return models;
  }

  private static FelixContainer start(Path folder, Path home, String rows) throws Exception {
    FelixContainer.Builder builder =
        FelixContainer.builder()
            .share(Detector.class)
            .property("caracal.plugins.dir", folder.resolve("plugins").toString())
            .property("caracal.plugins.trust-dir", folder.resolve("config/trust").toString())
            .property("caracal.state.dir", folder.resolve("state").toString())
            .property("caracal.batch.size", rows)
            .property("caracal.eve.types", "alert")
            .property("caracal.detectors.scope", "all")
            .property("caracal.cascade.late", "none");
    try (Stream<Path> jars = Files.list(home.resolve("bundles"))) {
      for (Path jar : jars.sorted().toList()) {
        String name = String.valueOf(jar.getFileName());
        if (!name.startsWith("io.caracal.api-") && !name.startsWith("io.caracal.model.")) {
          builder.bundle(jar);
        }
      }
    }
    return builder.start();
  }

  /** Held on to: a command that nobody holds is made anew for the next one who asks. */
  @SuppressWarnings("unchecked") // commands are services of this type
  private static ToIntFunction<Map<String, Object>> replay(FelixContainer felix) throws Exception {
    felix.service(ToIntFunction.class, "(caracal.command=replay)", PATIENCE);
    return felix
        .context()
        .getServiceReferences(ToIntFunction.class, "(caracal.command=replay)")
        .stream()
        .map(felix.context()::getService)
        .findFirst()
        .orElseThrow();
  }

  private void report(List<Moments> all, long bytes) {
    List<Moments> moments = all.subList(WARMUP, all.size());
    System.out.printf(
        Locale.ROOT,
        "%d swaps of models of %,d bytes, %,d batches%n",
        moments.size(),
        bytes,
        clock.batches());
    System.out.println("| milliseconds | least | median | 99 of 100 | most |");
    System.out.println("|---|---|---|---|---|");
    for (boolean own : new boolean[] {false, true}) {
      String what = "longest gap from batch to batch" + (own ? ", without waiting for a core" : "");
      print(
          what + ": nothing is installed",
          moments.stream().map(m -> clock.gapMillis(m.quiet(), m.version() - 1, own)).toList());
      print(
          what + ": in the middle of an installation",
          moments.stream().map(m -> clock.gapMillis(m.beside(), m.version() - 1, own)).toList());
      print(
          what + ": from a promotion to the first batch of the new version",
          moments.stream().map(m -> clock.gapMillis(m.promoted(), m.version(), own)).toList());
    }
    steps.forEach(SwapPause::print);
  }

  private static void print(String what, List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.3f | %.3f |%n",
        what,
        sorted[0],
        sorted[sorted.length / 2],
        sorted[(int) (0.99 * (sorted.length - 1))],
        sorted[sorted.length - 1]);
  }
}
