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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class DetectorPoolTest {
  private final DetectorPool pool = new DetectorPool(Limits.DEFAULT, () -> false, PluginRoles.ALL);
  private final Settings settings = new Settings(key -> null);
  private final Panels panels =
      new Panels(settings, pool, new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL));
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
    for (int i = 0; i < 5; i++) {
      List<Vote> votes = score();
      assertThat(votes.get(0).scores().abstained(0)).isTrue();
    }
    assertThat(pool.quarantined("d", "2.0.0"))
        .isEqualTo("failed 5 times in a row: java.lang.IllegalStateException: broken");
    assertThat(scored()).isEqualTo(1);
    assertThat(pool.counters())
        .containsEntry("detectors.d.failures", 5L)
        .containsEntry("detectors.d.abstained", 20L)
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

  /** What a role is may change here. */
  private static final class Roles implements PluginRoles {
    private final List<String> quarantined = new CopyOnWriteArrayList<>();
    private final Set<Long> held = ConcurrentHashMap.newKeySet();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    @Override
    public boolean inUse(long bundle) {
      return !held.contains(bundle);
    }

    @Override
    public Watch watch(Runnable changed) {
      watchers.add(changed);
      return () -> watchers.remove(changed);
    }

    @Override
    public void quarantine(long bundle, String reason) {
      quarantined.add(bundle + ": " + reason);
      held.add(bundle);
      watchers.forEach(Runnable::run);
    }

    void promote(long bundle) {
      held.remove(bundle);
      watchers.forEach(Runnable::run);
    }
  }

  /** Scores with what {@code answer} says. */
  private record Code(String version, Answer answer) implements Detector {
    interface Answer {
      float score() throws Exception;
    }

    @Override
    public DetectorDescription description() {
      return new Constant(version, 0).description();
    }

    @Override
    public void score(FlowBatch batch, Scores scores) throws Exception {
      for (int row = 0; row < batch.size(); row++) {
        scores.set(row, answer.score(), Scores.NO_CLASS);
      }
    }

    Map<String, Object> properties() {
      return Map.of(ID, "d", VERSION, version, Constants.SERVICE_BUNDLEID, 7L);
    }
  }

  @Test
  void whoGivesNoNumbersIsQuarantinedUntilSomebodyPromotesItAgain() {
    Roles roles = new Roles();
    DetectorPool quick = new DetectorPool(Limits.DEFAULT, () -> false, roles);
    AtomicReference<Float> answer = new AtomicReference<>(Float.NaN);
    Code code = new Code("1.0.0", answer::get);
    quick.bindDetector(code, code.properties());
    for (int i = 0; i < 6; i++) {
      scoreBy(quick);
    }
    assertThat(roles.quarantined)
        .containsExactly(
            "7: detector d 1.0.0 failed 5 times in a row: it gave a score that is NaN or infinite"
                + " in a batch of 4 flows");
    assertThat(quick.counters())
        .containsEntry("detectors.d.not_finite", 5L)
        .containsEntry("detectors.d.failures", 5L)
        .containsEntry("detectors.d.quarantined", 1);
    answer.set(2f);
    assertThat(scoreBy(quick)).isEmpty();
    roles.promote(7);
    assertThat(scoreBy(quick).getFirst().scores().score(3)).isEqualTo(2);
    assertThat(quick.counters()).containsEntry("detectors.d.quarantined", 0);
    quick.unbindDetector(code, code.properties());
  }

  @Test
  void whoDoesNotComeBackIsInterruptedAndLeftAlone() throws Exception {
    Roles roles = new Roles();
    Limits limits = new Limits(5, 0.1, Duration.ofSeconds(10), Duration.ofMillis(50));
    DetectorPool quick = new DetectorPool(limits, () -> false, roles);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Code old = new Code("1.0.0", () -> 1f);
    Code endless =
        new Code(
            "2.0.0",
            () -> {
              thread.set(Thread.currentThread());
              boolean waiting = true;
              while (waiting) {
                try {
                  end.await();
                  waiting = false;
                } catch (InterruptedException e) {
                  interrupted.countDown();
                }
              }
              return 9f;
            });
    quick.bindDetector(old, old.properties());
    quick.bindDetector(
        endless,
        Map.of(Detector.ID, "d", Detector.VERSION, "2.0.0", Constants.SERVICE_BUNDLEID, 8L));
    assertThat(scoreBy(quick).getFirst().scores().abstained(0)).isTrue();
    interrupted.await();
    assertThat(roles.quarantined).hasSize(1);
    assertThat(roles.quarantined.getFirst())
        .startsWith("8: detector d 2.0.0 did not come back within detectors.call-limit, 0.05 s");
    assertThat(thread.get().getName()).startsWith("caracal-plugin-d-2.0.0");
    List<Vote> votes = scoreBy(quick);
    end.countDown();
    assertThat(votes.getFirst().scores().score(3)).isEqualTo(1);
    assertThat(quick.counters()).containsEntry("detectors.d.endless", 1L);
    quick.unbindDetector(endless, endless.properties());
    quick.unbindDetector(old, old.properties());
    thread.get().join();
  }

  @Test
  void noThreadIsLeftOfAPluginThatIsGone() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Code code =
        new Code(
            "1.0.0",
            () -> {
              thread.set(Thread.currentThread());
              return 1f;
            });
    pool.bindDetector(code, code.properties());
    scored();
    pool.unbindDetector(code, code.properties());
    thread.get().join();
    assertThat(thread.get().isAlive()).isFalse();
  }

  @Test
  void aModelIsCalledOnTheLane() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Code code =
        new Code(
            "1.0.0",
            () -> {
              thread.set(Thread.currentThread());
              return 1f;
            });
    pool.bindDetector(
        code, Map.of(Detector.ID, "d", Detector.VERSION, "1.0.0", Detector.MODEL, true));
    scored();
    assertThat(thread).hasValue(Thread.currentThread());
  }

  private List<Vote> scoreBy(DetectorPool quick) {
    Panels asked = new Panels(settings, quick, new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL));
    return new Cascade(quick, settings, true)
        .score(batch, asked.current(), 0.5, i -> new Scores(4), new Judgements(4), votes -> {});
  }
}
