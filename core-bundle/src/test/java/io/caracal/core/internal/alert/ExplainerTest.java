package io.caracal.core.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.guard.Limits;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class ExplainerTest {
  /** What each column adds to the log-odds; the two of "Size" tell the same and either suffices. */
  private static final List<String> COLUMNS =
      List.of("Size Mean", "Size Max", "ports_10s", "Flags");

  private final DetectorPool pool = new DetectorPool(Limits.DEFAULT, () -> false, PluginRoles.ALL);
  private final EnsemblePool ensembles = new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL);
  private final FlowBatch batch = new FlowBatch(2, List.of(new View()));
  private final Settings settings = new Settings(key -> null);

  private record View() implements FeatureView {
    @Override
    public ViewDescription description() {
      return new ViewDescription(
          "v",
          "1.0",
          List.of(4),
          COLUMNS.stream().map(n -> new ViewDescription.Column(n, "count", "A column.")).toList());
    }

    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      throw new UnsupportedOperationException();
    }
  }

  /** Its score is the probability with log-odds max(size mean, size max) + ports / 2 - 3. */
  private static final class Sum implements Detector {
    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          "sum",
          "1.0.0",
          "",
          DetectorKind.SUPERVISED,
          List.of("v"),
          List.of(),
          "",
          "cpu",
          0,
          1,
          Map.of("v", new float[4]));
    }

    @Override
    public void score(FlowBatch rows, Scores scores) {
      FloatBuffer values = rows.view("v");
      for (int row = 0; row < rows.size(); row++) {
        double size = Math.max(values.get(4 * row), values.get(4 * row + 1));
        double odds = size + values.get(4 * row + 2) / 2 - 3;
        scores.set(row, (float) (1 / (1 + Math.exp(-odds))), Scores.NO_CLASS);
      }
    }
  }

  private static final class Only implements Ensemble {
    @Override
    public EnsembleDescription description() {
      return new EnsembleDescription("only", "1.0.0", List.of("sum"), List.of());
    }

    @Override
    public void judge(FlowBatch rows, List<Vote> votes, Judgements judgements) {
      for (int row = 0; row < rows.size(); row++) {
        judgements.set(row, votes.getFirst().scores().score(row), 0, AttackClass.ANOMALY);
      }
    }

    @Override
    public double threshold(double falseAlertsPerDay, double flowsPerDay) {
      return 0.5;
    }
  }

  @BeforeEach
  void install() {
    pool.bindDetector(new Sum(), Map.of(Detector.ID, "sum", Detector.VERSION, "1.0.0"));
    ensembles.bindEnsemble(new Only(), Map.of(Constants.SERVICE_ID, 1L));
  }

  private void row(float... columns) {
    FlowIdentity who = new FlowIdentity(false, 0, 1, 1, 0, 2, 2, 6, 0, false);
    batch.addRow(who, 1, 0, Map.of("v", columns));
  }

  private Explainer explainer(boolean everything) {
    return new Explainer(
        new Panels(settings, pool, ensembles),
        new Cascade(pool, settings, false),
        ensemble -> 0.5,
        5,
        everything);
  }

  @Test
  void namesGroupsByWhatTheyTakeFromTheJudgement() {
    row(4, 5, 2, 7);
    Explainer explainer = explainer(false);
    List<FeatureDriver> drivers = explainer.explain(batch, 0);
    assertThat(drivers).extracting(FeatureDriver::name).containsExactly("Size Mean", "ports_10s");
    assertThat(drivers).extracting(FeatureDriver::detector).containsOnly("only");
    assertThat(drivers.get(0).weight()).isCloseTo(5 / 6f, within(0.01f));
    assertThat(drivers.get(1).weight()).isCloseTo(1 / 6f, within(0.01f));
    assertThat(explainer.counters())
        .containsEntry("explanations.of_detections", 1L)
        .containsEntry("explanations.faithful", 1L);
  }

  @Test
  void saysNothingOfAFlowThatIsLikeAnyOther() {
    row(0, 0, 0, 7);
    Explainer explainer = explainer(false);
    assertThat(explainer.explain(batch, 0)).isEmpty();
    assertThat(explainer.counters()).containsEntry("explanations.of_detections", 0L);
  }

  @Test
  void isMadeWhenAskedForUnlessEverythingIsExplained() {
    row(4, 5, 2, 7);
    Stream.of(false, true)
        .forEach(
            everything -> {
              Explainer explainer = explainer(everything);
              var why = explainer.of(batch, 0);
              assertThat(explainer.counters())
                  .containsEntry("explanations.made", everything ? 1L : 0L);
              assertThat(why.get()).hasSize(2);
              assertThat(explainer.counters()).containsEntry("explanations.made", 1L);
            });
    assertThat(pool.counters()).containsEntry("detectors.sum.scored", 0L);
  }
}
