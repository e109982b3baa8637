package io.caracal.engine.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.testkit.DetectorContract;
import io.caracal.testkit.FlowRow;
import io.caracal.testkit.TinyModelBundle;
import io.caracal.testkit.TinyOnnx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UnsupervisedOnnxTest extends DetectorContract {
  private static LoadedModel model;

  @BeforeAll
  static void load() throws Exception {
    model =
        TestEngine.ENGINE.load(TestEngine.unsupervised(), TinyOnnx.distance(3, 0.5f).toByteArray());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Override
  protected Detector detector() {
    return model;
  }

  @Override
  protected List<View> views() {
    return TinyModelBundle.views();
  }

  @Test
  void scoresAsComputedByHand() throws Exception {
    FlowBatch batch =
        FlowRow.batch(views(), List.of(new FlowRow(5, Map.of("tiny", new float[] {1, -2, 4}))));
    Scores scores = new Scores(1);
    scores.reset(1);
    model.score(batch, scores);
    assertThat(scores.score(0)).isEqualTo(3.5f);
    assertThat(scores.attackClass(0)).isEqualTo(Scores.NO_CLASS);
    assertThat(model.description().device()).isEqualTo("cpu");
    assertThat(model.description().engine()).isEqualTo("onnx");
  }

  @Test
  void namesTheRowWhoseScoreIsNotANumber() throws Exception {
    FlowRow good = new FlowRow(5, Map.of("tiny", new float[] {4, 0, 0}));
    FlowRow bad = new FlowRow(5, Map.of("tiny", new float[] {-4, 0, 0}));
    try (LoadedModel root =
        TestEngine.ENGINE.load(TestEngine.unsupervised(), TinyOnnx.root(3).toByteArray())) {
      Scores scores = new Scores(3);
      scores.reset(3);
      FlowBatch batch = FlowRow.batch(views(), List.of(good, good, bad));
      assertThatThrownBy(() -> root.score(batch, scores))
          .hasMessageContaining("NaN")
          .hasMessageContaining("row 2");
    }
  }

  @Test
  void aClosedModelRefusesCallsInsteadOfCrashing() throws Exception {
    LoadedModel retired =
        TestEngine.ENGINE.load(TestEngine.unsupervised(), TinyOnnx.distance(3, 1).toByteArray());
    retired.close();
    retired.close();
    FlowBatch batch = FlowRow.batch(views(), List.of(FlowRow.filled(views(), 5, 1)));
    assertThatThrownBy(() -> retired.score(batch, new Scores(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("distance 1.0.0 was retired");
  }
}
