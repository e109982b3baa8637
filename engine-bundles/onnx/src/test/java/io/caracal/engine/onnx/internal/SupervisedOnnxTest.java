package io.caracal.engine.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.View;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.testkit.DetectorContract;
import io.caracal.testkit.FlowRow;
import io.caracal.testkit.TinyModelBundle;
import io.caracal.testkit.TinyOnnx;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SupervisedOnnxTest extends DetectorContract {
  private static LoadedModel model;

  @BeforeAll
  static void load() throws Exception {
    model = TestEngine.ENGINE.load(TestEngine.supervised(4), TinyOnnx.logistic(3).toByteArray());
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
  void namesTheLikeliestClass() throws Exception {
    FlowRow row = new FlowRow(4, Map.of("tiny", new float[] {1, 1, -2}));
    Scores scores = new Scores(1);
    scores.reset(1);
    model.score(FlowRow.batch(views(), List.of(row)), scores);
    assertThat(scores.score(0)).isCloseTo(0.5f, Offset.offset(1e-6f));
    assertThat(model.description().classes().get(scores.attackClass(0)).name()).isEqualTo("flood");
  }
}
