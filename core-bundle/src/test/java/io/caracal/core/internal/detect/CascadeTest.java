package io.caracal.core.internal.detect;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.guard.Limits;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class CascadeTest {
  private final DetectorPool pool = new DetectorPool(Limits.DEFAULT, () -> false, PluginRoles.ALL);
  private final EnsemblePool ensembles = new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL);
  private final FlowBatch batch = new FlowBatch(8, List.of(new Flat(), new Sequence()));
  private final Judgements judgements = new Judgements(8);
  private final List<Scores> rooms = new ArrayList<>();

  /** What each detector was asked, in the order of the questions. */
  private final List<String> asked = new ArrayList<>();

  private static ViewDescription view(String name, List<Integer> shape) {
    int width = shape.stream().reduce(1, (a, b) -> a * b);
    return new ViewDescription(
        name,
        "1.0",
        shape,
        IntStream.range(0, width)
            .mapToObj(i -> new ViewDescription.Column("c" + i, "count", "a column"))
            .toList());
  }

  private record Flat() implements FeatureView {
    @Override
    public ViewDescription description() {
      return view("flat", List.of(1));
    }

    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      throw new UnsupportedOperationException();
    }
  }

  private record Sequence() implements FeatureView {
    @Override
    public ViewDescription description() {
      return view("sequence", List.of(2, 1));
    }

    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      throw new UnsupportedOperationException();
    }
  }

  /** Scores a row by the first column of its view. */
  private final class Echo implements Detector {
    private final String id;
    private final String view;

    private final DetectorKind kind;

    Echo(String id, String view, DetectorKind kind) {
      this.id = id;
      this.view = view;
      this.kind = kind;
    }

    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          id,
          "1.0.0",
          "",
          kind,
          List.of(view),
          List.of(),
          "",
          "cpu",
          view.equals("sequence") ? 4 : 1,
          1,
          Map.of());
    }

    @Override
    public void score(FlowBatch rows, Scores scores) {
      List<String> values = new ArrayList<>();
      int width = rows.view(view).capacity() / rows.capacity();
      for (int row = 0; row < rows.size(); row++) {
        float value = rows.view(view).get(row * width);
        scores.set(row, value, Scores.NO_CLASS);
        values.add(Float.toString(value));
      }
      asked.add(id + values);
    }
  }

  /** The probability is the mean of the scores there are. */
  private static final class Mean implements Ensemble {
    @Override
    public EnsembleDescription description() {
      return new EnsembleDescription(
          "mean", "1.0.0", List.of("cheap", "slow", "slower"), List.of());
    }

    @Override
    public void judge(FlowBatch rows, List<Vote> votes, Judgements judgements) {
      for (int row = 0; row < rows.size(); row++) {
        int at = row;
        votes.stream()
            .map(Vote::scores)
            .filter(scores -> !scores.abstained(at))
            .mapToDouble(scores -> scores.score(at))
            .average()
            .ifPresent(p -> judgements.set(at, (float) p, 0, AttackClass.ANOMALY));
      }
    }

    @Override
    public double reach(String detector) {
      return 1.5;
    }

    @Override
    public double threshold(double falseAlertsPerDay, double flowsPerDay) {
      return 0.5;
    }
  }

  @BeforeEach
  void install() {
    ensembles.bindEnsemble(new Mean(), Map.of(Constants.SERVICE_ID, 1L));
    add(10, 0.01f, 0.9f);
    add(10, 0.40f, 0.8f);
    add(2, 0.50f, 0.7f);
    add(10, 1.00f, 0.6f);
    add(10, 0.60f, 0.5f);
  }

  private void add(int packets, float flat, float sequence) {
    FlowIdentity who = new FlowIdentity(false, 0, batch.size(), 1, 0, 2, 2, 6, 0, false);
    batch.addRow(
        who, packets, 0, Map.of("flat", new float[] {flat}, "sequence", new float[] {sequence, 0}));
  }

  private void detector(String id, String view) {
    Echo echo = new Echo(id, view, DetectorKind.SUPERVISED);
    pool.bindDetector(echo, Map.of(Detector.ID, id, Detector.VERSION, "1.0.0"));
  }

  private List<Vote> score(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("cascade.low", "0.1", "cascade.sample", "0"));
    all.putAll(settings);
    Settings values = new Settings(key -> all.get(key.substring("caracal.".length())));
    Panels panels = new Panels(values, pool, ensembles);
    while (rooms.size() < 5) {
      rooms.add(new Scores(8));
    }
    Panel panel = panels.current();
    return new Cascade(pool, values, true)
        .score(
            batch,
            panel,
            0.9,
            rooms::get,
            judgements,
            votes -> {
              judgements.reset(batch.size());
              new Mean().judge(batch, votes, judgements);
            });
  }

  @Test
  void aDetectorOfSequencesSeesOnlyWhatTheOthersLeaveOpen() {
    detector("cheap", "flat");
    detector("slow", "sequence");
    List<Vote> votes = score(Map.of());
    assertThat(asked).containsExactly("cheap[0.01, 0.4, 0.5, 1.0, 0.6]", "slow[0.8, 0.5]");
    Scores slow = votes.get(1).scores();
    assertThat(slow.score(1)).isEqualTo(0.8f);
    assertThat(slow.score(4)).isEqualTo(0.5f);
    assertThat(List.of(slow.withheld(0), slow.withheld(1), slow.withheld(2), slow.withheld(3)))
        .containsExactly(true, false, false, true);
    assertThat(slow.abstained(2)).as("a flow too short for it").isTrue();
    assertThat(judgements.probability(0)).isEqualTo(0.01f);
    assertThat(judgements.probability(1)).isEqualTo(0.6f);
    assertThat(pool.counters())
        .containsEntry("detectors.slow.scored", 2L)
        .containsEntry("detectors.slow.skipped", 2L)
        .containsEntry("detectors.slow.abstained", 1L);
  }

  @Test
  void lateDetectorsAreAskedInTurnUntilARowIsSettled() {
    detector("cheap", "flat");
    detector("slow", "sequence");
    detector("slower", "sequence");
    // a detector reaches 1.5: two of them lift 0.4 to 0.93, and one lifts 0.6 to 0.87
    add(10, 0.999f, 0.999f);
    score(Map.of("cascade.low", "0.6"));
    assertThat(asked)
        .containsExactly(
            "cheap[0.01, 0.4, 0.5, 1.0, 0.6, 0.999]", "slow[0.8, 0.5]", "slower[0.8, 0.5]");
    asked.clear();
    score(Map.of("cascade.low", "0.88"));
    assertThat(asked).containsExactly("cheap[0.01, 0.4, 0.5, 1.0, 0.6, 0.999]", "slow[0.8, 0.5]");
  }

  @Test
  void unsupervisedDetectorsSeeWhatTheSupervisedLeaveOpen() {
    detector("cheap", "flat");
    pool.bindDetector(
        new Echo("other", "flat", DetectorKind.UNSUPERVISED),
        Map.of(Detector.ID, "other", Detector.VERSION, "1.0.0"));
    score(Map.of("detectors.scope", "all", "cascade.late", "unsupervised"));
    assertThat(asked).containsExactly("cheap[0.01, 0.4, 0.5, 1.0, 0.6]", "other[0.4, 0.5, 0.6]");
    asked.clear();
    score(Map.of("detectors.scope", "all"));
    assertThat(asked).last().isEqualTo("other[0.01, 0.4, 0.5, 1.0, 0.6]");
  }

  @Test
  void ofASampleEverythingIsAsked() {
    detector("cheap", "flat");
    detector("slow", "sequence");
    score(Map.of("cascade.sample", "1"));
    assertThat(asked).last().isEqualTo("slow[0.9, 0.8, 0.6, 0.5]");
  }

  @Test
  void withoutACascadeEverybodySeesWhatIsLongEnough() {
    detector("cheap", "flat");
    detector("slow", "sequence");
    score(Map.of("cascade.late", "none"));
    assertThat(asked)
        .containsExactly("cheap[0.01, 0.4, 0.5, 1.0, 0.6]", "slow[0.9, 0.8, 0.6, 0.5]");
  }

  @Test
  void whoHasNoWeightIsAskedOnlyByName() {
    detector("cheap", "flat");
    detector("other", "flat");
    assertThat(score(Map.of())).hasSize(1);
    assertThat(score(Map.of("detectors.scope", "other"))).hasSize(2);
    assertThat(score(Map.of("detectors.scope", "all"))).hasSize(2);
  }

  @Test
  void withoutAnEnsembleNothingIsWithheld() {
    detector("slow", "sequence");
    EnsemblePool none = new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL);
    Settings values = new Settings(key -> null);
    Panel panel = new Panels(values, pool, none).current();
    List<Vote> votes =
        new Cascade(pool, values, true)
            .score(batch, panel, 0.9, i -> new Scores(8), new Judgements(8), said -> {});
    assertThat(votes.getFirst().scores().score(3)).isEqualTo(0.6f);
    assertThat(votes.getFirst().scores().withheld(0)).isFalse();
  }
}
