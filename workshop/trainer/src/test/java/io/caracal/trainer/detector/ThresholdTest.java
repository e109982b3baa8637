package io.caracal.trainer.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.TruthFlow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdTest {
  private static List<Example> benign(int flows) {
    FlowKey key = FlowKey.of(Address.parse("10.0.0.1"), 1, Address.parse("10.0.0.2"), 2, 6);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < flows; i++) {
      TruthFlow truth = new TruthFlow(0, 0, key, "benign", "web", "");
      examples.add(new Example(0, i, i, 5, i, truth, Example.BENIGN, Part.CALIBRATION, 1));
    }
    return examples;
  }

  @Test
  void atMostTheShareReachesIt() {
    float[] scores = new float[1000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i / 1000f;
    }
    double threshold = Threshold.at(benign(1000), scores, 0.01);
    int reached = 0;
    for (float score : scores) {
      reached += score >= threshold ? 1 : 0;
    }
    assertThat(reached).isEqualTo(10);
  }

  @Test
  void tiesAreNotLetIn() {
    float[] scores = new float[1000];
    Arrays.fill(scores, 990, 1000, 0.7f);
    scores[0] = 0.9f;
    double threshold = Threshold.at(benign(1000), scores, 0.005);
    assertThat(threshold).isGreaterThan(0.7f).isLessThan(0.9);
  }

  @Test
  void fewFlowsLetNoneReachIt() {
    float[] scores = {0.1f, 0.4f, Float.NaN};
    assertThat(Threshold.at(benign(3), scores, 0.001)).isGreaterThan(0.4f);
  }
}
