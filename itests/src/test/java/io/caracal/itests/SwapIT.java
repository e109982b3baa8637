package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.itests.plugin.SwapPlugin;
import io.caracal.testkit.FelixContainer;
import io.caracal.testkit.TinyModelBundle;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;

/**
 * Plugins of each kind are swapped while one replay works, in one JVM: no flow is lost or scored
 * twice, every batch is scored by one version, and nothing of the versions that went stays. {@code
 * -Dcaracal.swaps=200} says how often.
 */
class SwapIT {
  private static final int SWAPS = Integer.getInteger("caracal.swaps", 8);
  private static final List<String> CODE =
      List.of("detector", "view", "ensemble", "source", "sink");

  /** The view that the first model was resolved with: models are wired to it, so that it stays. */
  private static final int WIRED = 1;

  /** Bytes; versions that stayed would take many times that. */
  private static final long FLAT = 4L << 20;

  /** More than are read meanwhile. */
  private static final int CAPTURES = 10_000;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final float SCALE = 0.001f;

  @TempDir private Path folder;

  private final Set<String> wrong = ConcurrentHashMap.newKeySet();
  private final Set<Long> told = new HashSet<>();
  private final AtomicLong twice = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();

  /** Every row must have the score of one version, and all of them of the same one. */
  private void judged(FlowBatch batch, List<Vote> votes) {
    batches.incrementAndGet();
    for (Vote vote : votes) {
      Scores scores = vote.scores();
      Set<Long> factors = new HashSet<>();
      for (int row = 0; row < batch.size(); row++) {
        if (!scores.abstained(row)) {
          factors.add(Math.round(1000.0 * scores.score(row) / unit(vote, batch, row)));
        }
      }
      if (factors.size() > 1 || !Set.of(1000L, 1000L * SwapPlugin.EVEN).containsAll(factors)) {
        wrong.add(vote.detector().id() + " " + vote.detector().version() + " " + factors);
      }
    }
  }

  private static double unit(Vote vote, FlowBatch batch, int row) {
    if (vote.detector().id().equals("code")) {
      return batch.packets(row);
    }
    FloatBuffer view = batch.view("tiny");
    return SCALE * ((double) view.get(3 * row) + view.get(3 * row + 1) + view.get(3 * row + 2));
  }

  private void delivered(List<?> events) {
    for (Object event : events) {
      FlowEvent flow = (FlowEvent) event;
      if (!told.add(flow.flow().flowId())) {
        twice.incrementAndGet();
      }
      long share = Math.round(100.0 * flow.probability());
      if (share != 1 && share != SwapPlugin.EVEN) {
        wrong.add("flow judged at " + flow.probability());
      }
    }
  }

  private FelixContainer start() throws Exception {
    FelixContainer.Builder builder =
        FelixContainer.builder()
            .share(Detector.class)
            .property("caracal.plugins.dir", folder.resolve("plugins").toString())
            .property("caracal.plugins.rollback-window", "0.001")
            .property("caracal.plugins.trust", "off")
            .property("caracal.state.dir", folder.resolve("state").toString())
            .property("caracal.detectors.scope", "all")
            .property("caracal.cascade.late", "none");
    try (Stream<Path> jars = Files.list(Caracal.HOME.resolve("bundles"))) {
      for (Path jar : jars.sorted().toList()) {
        String name = String.valueOf(jar.getFileName());
        if (!name.startsWith("io.caracal.api-") && !name.startsWith("io.caracal.model.")) {
          builder.bundle(jar);
        }
      }
    }
    FelixContainer felix = builder.start();
    var mark = FrameworkUtil.asDictionary(Map.of("swap", "true"));
    BiConsumer<FlowBatch, List<Vote>> judged = this::judged;
    Consumer<List<?>> delivered = this::delivered;
    felix.context().registerService(BiConsumer.class, judged, mark);
    felix.context().registerService(Consumer.class, delivered, mark);
    return felix;
  }

  /** A version of every kind. */
  private List<Path> versions(int number) throws IOException {
    String version = "1.0." + number;
    Path made = Files.createDirectories(folder.resolve("made"));
    List<Path> jars = new ArrayList<>();
    for (String kind : CODE) {
      jars.add(code(made.resolve(kind + "-" + version + ".jar"), kind, version));
    }
    float scale = number % 2 == 0 ? SCALE * SwapPlugin.EVEN : SCALE;
    jars.add(TinyModelBundle.distance("sum", version, scale).write(made));
    return jars;
  }

  private static Path code(Path jar, String kind, String version) throws IOException {
    Map<String, String> headers =
        kind.equals("view")
            ? Map.of("Swap-Kind", kind, "Provide-Capability", TinyModelBundle.VIEW_CAPABILITY)
            : Map.of("Swap-Kind", kind);
    return CodeJar.write(jar, "test.swap." + kind, version, SwapPlugin.class, headers);
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getUsed())
        .sum();
  }

  @Test
  void nothingIsLostOrDoubledAndNothingStays() throws Exception {
    try (FelixContainer felix = start()) {
      Manager manager = new Manager(felix);
      for (Path first : versions(0)) {
        manager.install(first);
      }
      ToIntFunction<Map<String, Object>> replay = command(felix);
      Map<String, Object> options =
          Map.of(
              "captures",
              Collections.nCopies(CAPTURES, SwapPlugin.SCHEME + Caracal.SAMPLE),
              "out",
              folder.resolve("out").toString());
      CompletableFuture<Integer> work =
          CompletableFuture.supplyAsync(() -> replay.applyAsInt(options));
      awaitBatches(100);
      long settled = 0;
      for (int number = 1; number <= SWAPS; number++) {
        for (Path next : versions(number)) {
          manager.install(next);
          awaitBatches(1);
        }
        if (number == Math.max(1, SWAPS / 10)) {
          manager.awaitGone(CODE.size() + 1 + WIRED);
          settled = metaspace();
        }
      }
      manager.awaitGone(CODE.size() + 1 + WIRED);
      long grown = metaspace() - settled;
      ((Runnable) replay).run(); // which asks it to stop
      work.join();
      check(manager, grown);
    }
  }

  private void check(Manager manager, long grown) throws IOException {
    JsonNode counters =
        new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile()).path("counters");
    assertThat(wrong).isEmpty();
    assertThat(twice.get()).isZero();
    assertThat(told).hasSize(counters.path("flow.reported").asInt());
    assertThat(counters.path("sinks.swap.left_out").asLong()).isZero();
    assertThat(counters.path("scoring.ensemble_failures").asLong()).isZero();
    assertThat(counters.path("lane_failures").asLong()).isZero();
    for (String id : List.of("code", "sum")) {
      String detector = "detectors." + id + ".";
      assertThat(counters.path(detector + "failures").asLong()).isZero();
      assertThat(
              counters.path(detector + "scored").asLong()
                  + counters.path(detector + "abstained").asLong()
                  + counters.path(detector + "skipped").asLong())
          .as("rows of %s", id)
          .isEqualTo(counters.path("scoring.rows").asLong());
      assertThat(counters.path(detector + "swaps").asInt()).isEqualTo(SWAPS);
    }
    long retired = (long) (CODE.size() + 1) * SWAPS - WIRED;
    assertThat(manager.counters())
        .containsEntry("plugins.retired", retired)
        .containsEntry("plugins.refused", 0L)
        .containsEntry("plugins.leaked", 0L)
        .containsEntry("plugins.leaving", 0);
    System.out.printf(
        "%d swaps of %d kinds, %,d batches, %,d flows, metaspace %+,d bytes%n",
        SWAPS, CODE.size() + 1, batches.get(), told.size(), grown);
    // The host's own classes still grow a little; it does not depend on the number of swaps.
    assertThat(grown).as("metaspace").isLessThan(FLAT);
  }

  private void awaitBatches(int more) throws InterruptedException {
    long until = batches.get() + more;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (batches.get() < until) {
      assertThat(System.nanoTime()).as("the replay works").isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  /** Held on to: a command that nobody holds is made anew for the next one who asks. */
  @SuppressWarnings("unchecked") // commands are services of this type
  private static ToIntFunction<Map<String, Object>> command(FelixContainer felix) throws Exception {
    felix.service(ToIntFunction.class, "(caracal.command=replay)", PATIENCE);
    return felix
        .context()
        .getServiceReferences(ToIntFunction.class, "(caracal.command=replay)")
        .stream()
        .map(felix.context()::getService)
        .findFirst()
        .orElseThrow();
  }

  /** The life cycle inside its bundle, whose classes this test does not share. */
  private static final class Manager {
    private final Object lifecycle;
    private final Object request;

    Manager(FelixContainer felix) throws Exception {
      String internal = "io.caracal.plugin.manager.internal.";
      var context = felix.bundle("io.caracal.plugin.manager").getBundleContext();
      lifecycle = context.getService(context.getServiceReference(internal + "Lifecycle"));
      request =
          lifecycle
              .getClass()
              .getClassLoader()
              .loadClass(internal + "Request")
              .getMethod("by", String.class)
              .invoke(null, "test");
    }

    void install(Path jar) throws Exception {
      lifecycle
          .getClass()
          .getMethod("install", Path.class, request.getClass())
          .invoke(lifecycle, jar, request);
    }

    @SuppressWarnings("unchecked") // so it is declared
    Map<String, Object> counters() {
      try {
        return (Map<String, Object>) lifecycle.getClass().getMethod("counters").invoke(lifecycle);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Waits until every version that was replaced and its class loader are gone. */
    void awaitGone(int stay) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!counters().get("plugins.installed").equals(stay)
          || !counters().get("plugins.leaving").equals(0)) {
        assertThat(System.nanoTime()).as("%s", counters()).isLessThan(deadline);
        System.gc(); // classes are unloaded when the collector likes, and now
        Thread.sleep(100);
      }
    }
  }
}
