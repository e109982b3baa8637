package io.caracal.core.internal.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.api.plugin.ShadowReport;
import io.caracal.api.plugin.ShadowTrials;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panel;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.guard.Limits;
import io.caracal.testkit.TinyModelBundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

/** Rows score what the first column of their view says: 0.1, 0.2 and so on to 0.8. */
class ShadowsTest {
  private static final int ROWS = 8;
  private static final long USED = 1;
  private static final long TRIED = 2;

  private final Set<Long> held = new HashSet<>();
  private final List<String> quarantined = new ArrayList<>();
  private final Settings settings =
      new Settings(key -> key.equals("caracal.cascade.sample") ? "0" : null);
  private final Roles roles = new Roles();
  private final DetectorPool detectors = new DetectorPool(Limits.DEFAULT, () -> false, roles);
  private final EnsemblePool ensembles = new EnsemblePool(Limits.of(settings), roles);
  private final Panels panels = new Panels(settings, detectors, ensembles);
  private final Cascade cascade = new Cascade(detectors, settings, true);
  private final Shadows shadows = new Shadows(settings, detectors, ensembles);
  private final View view = TinyModelBundle.VIEW;
  private final FlowBatch batch = new FlowBatch(ROWS, List.of(view));
  private final Judgements judgements = new Judgements(ROWS);

  private final class Roles implements PluginRoles {
    @Override
    public boolean inUse(long bundle) {
      return !held.contains(bundle);
    }

    @Override
    public Watch watch(Runnable changed) {
      return () -> {};
    }

    @Override
    public void quarantine(long bundle, String reason) {
      quarantined.add(bundle + " " + reason);
    }
  }

  private record Model(String version, int least, DoubleUnaryOperator answer) implements Detector {
    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          "d",
          version,
          "",
          DetectorKind.SUPERVISED,
          List.of("tiny"),
          List.of(),
          "",
          "cpu",
          least,
          0.45,
          Map.of());
    }

    @Override
    public void score(FlowBatch rows, Scores scores) {
      for (int row = 0; row < rows.size(); row++) {
        double value = rows.view("tiny").get(row * 3);
        scores.set(row, (float) answer.applyAsDouble(value), Scores.NO_CLASS);
      }
    }
  }

  private record Mean(String version, DoubleUnaryOperator answer) implements Ensemble {
    @Override
    public EnsembleDescription description() {
      return new EnsembleDescription("mean", version, List.of("d"), List.of());
    }

    @Override
    public void judge(FlowBatch rows, List<Vote> votes, Judgements judgements) {
      for (Vote vote : votes) {
        for (int row = 0; row < rows.size(); row++) {
          if (!vote.scores().abstained(row)) {
            double p = answer.applyAsDouble(vote.scores().score(row));
            judgements.set(row, (float) p, 0, AttackClass.ANOMALY);
          }
        }
      }
    }

    @Override
    public double threshold(double falseAlertsPerDay, double flowsPerDay) {
      return 0.55;
    }
  }

  @BeforeEach
  void rows() {
    for (int i = 0; i < ROWS; i++) {
      FlowIdentity who = new FlowIdentity(false, 0, i, 1, 0, 2, 2, 6, 0, false);
      batch.addRow(who, i + 1, 0, Map.of("tiny", new float[] {(i + 1) / 10f, 0, 0}));
    }
    held.add(TRIED);
  }

  private void install(long bundle, Model model) {
    detectors.bindDetector(
        model,
        Map.of(
            Detector.ID,
            "d",
            Detector.VERSION,
            model.version(),
            Constants.SERVICE_BUNDLEID,
            bundle));
  }

  private void install(long bundle, Mean mean) {
    ensembles.bindEnsemble(
        mean,
        Map.of(
            Detector.VERSION,
            mean.version(),
            Constants.SERVICE_ID,
            bundle,
            Constants.SERVICE_BUNDLEID,
            bundle));
  }

  private List<Vote> judge() {
    Panel panel = panels.current();
    judgements.reset(ROWS);
    List<Vote> votes =
        cascade.score(
            batch,
            panel,
            0.55,
            i -> new Scores(ROWS),
            judgements,
            said -> panel.judge(batch, said, judgements));
    panel.show(batch, votes, judgements, 0.55);
    return votes;
  }

  @Test
  void aDetectorOnTrialIsComparedAndChangesNothing() {
    install(USED, new Mean("1.0.0", score -> score));
    install(USED, new Model("1.0.0", 1, x -> x));
    install(TRIED, new Model("2.0.0", 3, x -> x + 0.2));
    assertThat(panels.current().onlookers()).isEmpty();
    try (ShadowTrials.Trial trial = shadows.begin(TRIED)) {
      assertThat(trial.report().rows()).isZero();
      assertThat(trial.report().agreement()).isEqualTo(1);
      for (int i = 0; i < 100; i++) {
        List<Vote> votes = judge();
        assertThat(votes).hasSize(1);
        assertThat(votes.getFirst().detector().version()).isEqualTo("1.0.0");
        assertThat(votes.getFirst().scores().score(3)).isEqualTo(0.4f);
        assertThat(judgements.probability(3)).isEqualTo(0.4f);
      }
      ShadowReport report = trial.report();
      assertThat(report.from()).isEqualTo("1.0.0");
      assertThat(report.to()).isEqualTo("2.0.0");
      assertThat(report.rows()).as("from three packets on").isEqualTo(600);
      assertThat(report.agreement()).as("0.3 and 0.4 become 0.5 and 0.6").isEqualTo(4.0 / 6);
      assertThat(report.meanShift()).isCloseTo(0.2, within(1e-6));
      assertThat(report.largestShift()).isCloseTo(0.2, within(1e-6));
      assertThat(report.detectionsFrom()).as("0.6, 0.7, 0.8").isEqualTo(300);
      assertThat(report.detectionsTo()).as("0.4 and more").isEqualTo(500);
      assertThat(report.timeFrom()).isPositive();
      assertThat(report.timeTo()).isPositive();
      assertThat(report.failures()).isZero();
      assertThat(report.end()).isEmpty();
    }
    assertThat(panels.current().onlookers()).isEmpty();
    assertThat(detectors.counters()).containsEntry("detectors.d.scored", 800L);
  }

  @Test
  void whoFailsIsTriedNoLongerAndWhoIsInUseKnowsNothingOfIt() {
    install(USED, new Mean("1.0.0", score -> score));
    install(USED, new Model("1.0.0", 1, x -> x));
    install(
        TRIED,
        new Model(
            "2.0.0",
            1,
            x -> {
              throw new IllegalStateException("broken");
            }));
    ShadowTrials.Trial trial = shadows.begin(TRIED);
    for (int i = 0; i < 7; i++) {
      judge();
    }
    assertThat(trial.report().end()).contains("failed 5 times in a row").contains("broken");
    assertThat(trial.report().failures()).isEqualTo(5);
    assertThat(panels.current().onlookers()).isEmpty();
    assertThat(judgements.probability(7)).isEqualTo(0.8f);
    assertThat(detectors.counters()).containsEntry("detectors.d.failures", 0L);
    assertThat(quarantined).isEmpty();
  }

  @Test
  void aDetectorThatNobodyCanBeComparedWithIsAskedAllTheSame() {
    install(USED, new Mean("1.0.0", score -> score));
    install(TRIED, new Model("1.0.0", 1, x -> x));
    ShadowTrials.Trial trial = shadows.begin(TRIED);
    judge();
    ShadowReport report = trial.report();
    assertThat(report.from()).isEmpty();
    assertThat(report.rows()).isEqualTo(ROWS);
    assertThat(report.agreement()).isEqualTo(1);
    assertThat(report.timeFrom()).isEqualTo(Duration.ZERO);
    assertThat(report.detectionsFrom()).isZero();
    assertThat(report.detectionsTo()).isEqualTo(3);
    assertThat(judgements.judged(7)).isFalse();
  }

  @Test
  void theTrialEndsWhenAnotherVersionComesIntoUse() {
    install(USED, new Mean("1.0.0", score -> score));
    install(USED, new Model("1.0.0", 1, x -> x));
    install(TRIED, new Model("3.0.0", 1, x -> x));
    ShadowTrials.Trial trial = shadows.begin(TRIED);
    judge();
    install(3, new Model("2.0.0", 1, x -> x));
    judge();
    assertThat(trial.report().end()).contains("2.0.0");
    assertThat(trial.report().rows()).isEqualTo(ROWS);
  }

  @Test
  void anEnsembleOnTrialJudgesByTheSameVotes() {
    install(USED, new Mean("1.0.0", score -> score));
    install(TRIED, new Mean("2.0.0", score -> score / 2));
    install(USED, new Model("1.0.0", 1, x -> x));
    ShadowTrials.Trial trial = shadows.begin(TRIED);
    judge();
    ShadowReport report = trial.report();
    assertThat(report.rows()).isEqualTo(ROWS);
    assertThat(report.agreement()).isEqualTo(5.0 / 8);
    assertThat(report.largestShift()).isCloseTo(0.4, within(1e-6));
    assertThat(report.detectionsFrom()).isEqualTo(3);
    assertThat(report.detectionsTo()).isZero();
    assertThat(judgements.probability(7)).isEqualTo(0.8f);
    trial.close();
  }

  @Test
  void anEnsembleThatFailsOnTrialIsNotQuarantinedForIt() {
    install(USED, new Mean("1.0.0", score -> score));
    install(TRIED, new Mean("2.0.0", score -> Double.NaN));
    install(USED, new Model("1.0.0", 1, x -> x));
    ShadowTrials.Trial trial = shadows.begin(TRIED);
    for (int i = 0; i < 6; i++) {
      judge();
    }
    assertThat(trial.report().end()).contains("NaN");
    assertThat(judgements.probability(7)).isEqualTo(0.8f);
    assertThat(quarantined).isEmpty();
  }

  @Test
  void thereMustBeOneThingToTry() {
    assertThatThrownBy(() -> shadows.begin(7)).hasMessageContaining("offers 0 detectors");
    install(TRIED, new Mean("2.0.0", score -> score));
    install(TRIED, new Model("1.0.0", 1, x -> x));
    assertThatThrownBy(() -> shadows.begin(TRIED)).hasMessageContaining("offers 2 detectors");
  }
}
