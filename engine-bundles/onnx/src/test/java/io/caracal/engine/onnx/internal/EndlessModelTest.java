package io.caracal.engine.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.engine.extender.GoldenVectors;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelException;
import io.caracal.testkit.FlowRow;
import io.caracal.testkit.TinyModelBundle;
import io.caracal.testkit.TinyOnnx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A graph with a loop that may never end. */
class EndlessModelTest {
  private static final float SCALE = 0.5f;

  private static LoadedModel endlessAbove(float limit) throws Exception {
    byte[] model = TinyOnnx.endless(3, SCALE, limit).toByteArray();
    return TestEngine.ENGINE.load(TestEngine.unsupervised(), model);
  }

  private static float score(LoadedModel model, float largest) throws Exception {
    FlowRow row = new FlowRow(5, Map.of("tiny", new float[] {largest, 0, 0}));
    FlowBatch batch = FlowRow.batch(TinyModelBundle.views(), List.of(row));
    Scores scores = new Scores(1);
    scores.reset(1);
    model.score(batch, scores);
    return scores.score(0);
  }

  @Test
  void isEndedAndScoresAgainAfterwards() throws Exception {
    try (LoadedModel model = endlessAbove(10)) {
      assertThat(score(model, 4)).isEqualTo(2);
      assertThatThrownBy(() -> score(model, 11))
          .isInstanceOf(TimeoutException.class)
          .hasMessage("did not come back within detectors.call-limit, 1.0 s");
      assertThat(score(model, 4)).isEqualTo(2);
    }
  }

  @Test
  void isRefusedByItsGoldenVectors() throws Exception {
    try (LoadedModel model = endlessAbove(0)) {
      GoldenVectors golden =
          GoldenVectors.parse(
              TinyModelBundle.golden(SCALE).getBytes(StandardCharsets.UTF_8),
              "test",
              TestEngine.unsupervised());
      assertThatThrownBy(() -> golden.check(model, TinyModelBundle.views()))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the model fails on golden vector 0 in a batch of 8: did not come back within"
                  + " detectors.call-limit, 1.0 s");
    }
  }
}
