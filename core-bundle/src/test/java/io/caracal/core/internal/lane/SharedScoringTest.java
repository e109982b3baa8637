package io.caracal.core.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.guard.Limits;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedScoringTest {
  private static final ViewPlan PLAN = new ViewPlan(List.of(), List.of());
  private static final int SIZE = 4;

  private final DetectorPool detectors =
      new DetectorPool(Limits.DEFAULT, () -> false, PluginRoles.ALL);
  private final Settings settings = new Settings(key -> null);
  private final Scorer scorer =
      new Scorer(
          new Panels(settings, detectors, new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL)),
          new Cascade(detectors, settings, true),
          Budget.of(settings));
  private final BlockingQueue<Rows> mailbox = new ArrayBlockingQueue<>(100);
  private final List<Integer> sizes = new ArrayList<>();
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private SharedScoring scoring = new SharedScoring(scorer, 10, true);

  @AfterEach
  void end() {
    go.countDown();
    scoring.close();
  }

  /** Scores a flow by its number, abstains from every third, and waits in its first call. */
  private final class Numbers implements Detector {
    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          "numbers",
          "1.0.0",
          "numbers",
          DetectorKind.UNSUPERVISED,
          List.of(),
          List.of(),
          "test",
          "cpu",
          0,
          0.5,
          Map.of());
    }

    @Override
    public void score(FlowBatch batch, Scores scores) throws InterruptedException {
      sizes.add(batch.size());
      busy.countDown();
      go.await();
      for (int row = 0; row < batch.size(); row++) {
        if (batch.flowId(row) % 3 != 0) {
          scores.set(row, (float) batch.flowId(row), Scores.NO_CLASS);
        }
      }
    }
  }

  private void install() {
    detectors.bindDetector(
        new Numbers(), Map.of(Detector.ID, "numbers", Detector.VERSION, "1.0.0"));
  }

  private Rows rows(long firstId) {
    Rows rows = new Rows(PLAN, SIZE, Evidence.NONE, mailbox);
    for (int row = 0; row < SIZE; row++) {
      rows.add(record(firstId + row));
    }
    return rows;
  }

  private static FlowRecord record(long id) {
    Map<String, Object> answers =
        Map.of(
            "flowId",
            id,
            "identity",
            new FlowIdentity(false, 0, 1, 2, 0, 3, 4, 6, 0, false),
            "reason",
            EndReason.IDLE,
            "history",
            "",
            "forward",
            answering(DirectionRecord.class, Map.of()),
            "backward",
            answering(DirectionRecord.class, Map.of()));
    return answering(FlowRecord.class, answers);
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                answers.getOrDefault(
                    method.getName(), method.getReturnType() == long.class ? (Object) 0L : 0)));
  }

  private Rows next() throws InterruptedException {
    Rows rows = mailbox.poll(1, TimeUnit.MINUTES);
    assertThat(rows).isNotNull();
    return rows;
  }

  @Test
  void whatComesMeanwhileIsPutTogetherAndEveryRowGetsItsOwnScore() throws Exception {
    install();
    scoring.score(rows(0));
    busy.await();
    for (int batch = 1; batch < 5; batch++) {
      scoring.score(rows((long) batch * SIZE));
    }
    go.countDown();
    for (int batch = 0; batch < 5; batch++) {
      Rows rows = next();
      assertThat(rows.state()).isEqualTo(Rows.State.SCORED);
      Vote vote = rows.scored().votes().getFirst();
      for (int row = 0; row < SIZE; row++) {
        long id = rows.batch().flowId(row);
        assertThat(id).isEqualTo((long) batch * SIZE + row);
        assertThat(vote.scores().abstained(row)).isEqualTo(id % 3 == 0);
        assertThat(vote.scores().score(row)).isEqualTo(id % 3 == 0 ? 0f : (float) id);
      }
    }
    assertThat(sizes).containsExactly(SIZE, 2 * SIZE, 2 * SIZE);
  }

  @Test
  void liveABatchThatFindsNoRoomStaysUnjudgedAndIsCounted() throws Exception {
    scoring.close();
    scoring = new SharedScoring(scorer, 10, false);
    install();
    scoring.score(rows(0));
    busy.await();
    for (int batch = 0; batch < 70; batch++) {
      scoring.score(rows(batch));
    }
    assertThat(scorer.counters()).containsEntry("scoring.skipped", 6L * SIZE);
    Rows skipped = next();
    assertThat(skipped.state()).isEqualTo(Rows.State.SCORED);
    assertThat(skipped.scored().votes()).isEmpty();
    assertThat(skipped.scored().judgements().judged(0)).isFalse();
  }
}
