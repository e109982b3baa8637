package io.caracal.core.internal.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.guard.Limits;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetectorPoolTest {
  private final DetectorPool pool = new DetectorPool(3, () -> false, PluginRoles.ALL);
  private final Settings settings = new Settings(key -> null);
  private final Panels panels =
      new Panels(
          settings, pool, new EnsemblePool(Limits.of(new Settings(key -> null)), PluginRoles.ALL));
  private final Cascade cascade = new Cascade(pool, settings, true);
  private final FlowBatch batch = new FlowBatch(4, List.of());

  @BeforeEach
  void rows() {
    for (int i = 0; i < 4; i++) {
      batch.addRow(new FlowIdentity(false, 0, i, 1, 0, 2, 2, 6, 0, false), 1, 1, Map.of());
    }
  }

  /** Scores every row with the same number. */
  private record Constant(String version, float score) implements Detector {
    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          "d",
          version,
          "",
          DetectorKind.UNSUPERVISED,
          List.of(),
          List.of(),
          "",
          "",
          0,
          1,
          Map.of());
    }

    @Override
    public void score(FlowBatch batch, Scores scores) {
      if (score < 0) {
        throw new IllegalStateException("broken");
      }
      for (int row = 0; row < batch.size(); row++) {
        scores.set(row, score, Scores.NO_CLASS);
      }
    }

    Map<String, Object> properties() {
      return Map.of(ID, "d", VERSION, version);
    }
  }

  private List<Vote> score() {
    return cascade.score(
        batch, panels.current(), 0.5, i -> new Scores(4), new Judgements(4), votes -> {});
  }

  private float scored() {
    List<Vote> votes = score();
    return votes.get(0).scores().score(3);
  }

  private void bind(Constant detector) {
    pool.bindDetector(detector, detector.properties());
  }

  private void unbind(Constant detector) {
    pool.unbindDetector(detector, detector.properties());
  }

  @Test
  void highestVersionScoresAndTheOlderTakesOverAgain() {
    Constant old = new Constant("1.9.0", 1);
    Constant newer = new Constant("1.10.0", 2);
    bind(newer);
    bind(old);
    assertThat(scored()).isEqualTo(2);
    unbind(newer);
    assertThat(scored()).isEqualTo(1);
    unbind(old);
    assertThat(score()).isEmpty();
    assertThat(pool.counters())
        .containsEntry("detectors.d.scored", 8L)
        .containsEntry("detectors.d.swaps", 2);
  }

  @Test
  void quarantinesWhatKeepsFailingAndFallsBack() {
    bind(new Constant("1.0.0", 1));
    bind(new Constant("2.0.0", -1));
    for (int i = 0; i < 3; i++) {
      List<Vote> votes = score();
      assertThat(votes.get(0).scores().abstained(0)).isTrue();
    }
    assertThat(pool.quarantined("d", "2.0.0")).isEqualTo("broken");
    assertThat(scored()).isEqualTo(1);
    assertThat(pool.counters())
        .containsEntry("detectors.d.failures", 3L)
        .containsEntry("detectors.d.abstained", 12L)
        .containsEntry("detectors.d.version", "1.0.0");
  }

  @Test
  void unbindWaitsForTheCallInside() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    Detector slow =
        new Detector() {
          @Override
          public DetectorDescription description() {
            return new Constant("1.0.0", 1).description();
          }

          @Override
          public void score(FlowBatch rows, Scores scores) throws InterruptedException {
            inside.countDown();
            goOn.await();
            finished.set(true);
          }
        };
    Map<String, Object> properties = Map.of(Detector.ID, "d", Detector.VERSION, "1.0.0");
    pool.bindDetector(slow, properties);
    Thread lane = Thread.ofPlatform().start(() -> score());
    inside.await();
    AtomicBoolean finishedBeforeUnbound = new AtomicBoolean();
    Thread unbind =
        Thread.ofPlatform()
            .start(
                () -> {
                  pool.unbindDetector(slow, properties);
                  finishedBeforeUnbound.set(finished.get());
                });
    while (unbind.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    unbind.join();
    lane.join();
    assertThat(finishedBeforeUnbound).isTrue();
  }

  @Test
  void losesAndDoublesNothingWhileVersionsComeAndGo() throws Exception {
    bind(new Constant("1.0.0", 1));
    AtomicInteger rows = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger wrong = new AtomicInteger();
    Thread lane =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    List<Vote> votes = score();
                    Scores scores = votes.isEmpty() ? null : votes.get(0).scores();
                    for (int row = 0; row < 4; row++) {
                      boolean mixed = scores == null || scores.score(row) != scores.score(0);
                      wrong.addAndGet(mixed || scores.abstained(row) ? 1 : 0);
                    }
                    rows.addAndGet(4);
                  }
                });
    for (int i = 0; i < 200; i++) {
      Constant newer = new Constant("2.0." + i, 2 + i);
      bind(newer);
      unbind(newer);
    }
    done.set(true);
    lane.join();
    assertThat(wrong).hasValue(0);
    assertThat(pool.counters()).containsEntry("detectors.d.scored", (long) rows.get());
  }
}
