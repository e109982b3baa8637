package io.caracal.engine.extender;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.testkit.TinyModelBundle;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenVectorsTest {
  private static final String GOOD = TinyModelBundle.golden(1);

  @Test
  void aModelThatAnswersThemPasses() {
    assertThatCode(() -> check(GOOD, new Magnitudes())).doesNotThrowAnyException();
  }

  @Test
  void namesRowAndBothScores() {
    assertThatThrownBy(() -> check(GOOD.replace("4.5}", "4.75}"), new Magnitudes()))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "golden vector 3 expects 4.75 but the model answers 4.5 in a batch of 8"
                + " (tolerance 1.0E-4)");
  }

  @Test
  void noticesAMissingAbstention() {
    assertThatThrownBy(
            () -> check(GOOD.replace("\"packets\": 1,", "\"packets\": 9,"), new Magnitudes()))
        .hasMessageContaining("golden vector 7 expects an abstention but the model answers 8.5");
  }

  @Test
  void noticesRowsThatScoreOtherwiseOnTheirOwn() {
    Magnitudes moody =
        new Magnitudes() {
          @Override
          float value(FlowBatch batch, int row) {
            return super.value(batch, row) + (batch.size() == 1 ? 1 : 0);
          }
        };
    assertThatThrownBy(() -> check(GOOD, moody))
        .hasMessageContaining("golden vector 0 expects 1.5 but the model answers 2.5 on its own");
  }

  @Test
  void saysWhenTheModelFails() {
    Magnitudes broken =
        new Magnitudes() {
          @Override
          float value(FlowBatch batch, int row) {
            throw new IllegalStateException("score NaN in row " + row);
          }
        };
    assertThatThrownBy(() -> check(GOOD, broken))
        .hasMessage("the model fails on golden vector 0 in a batch of 8: score NaN in row 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "tolerance": 1e-4  | "tolerance": 0    | 'tolerance' must be more than 0
          [2, -1, 0.5]       | [2, -1]           | 'rows[2].inputs.tiny' must hold 3 numbers
          {"tiny": [2        | {"other": [2      | 'rows[2].inputs.tiny' must hold 3 numbers
          "packets": 1,      | ''                | lacks the key 'rows[7].packets'
          "score": null      | "class": "scan"   | 'rows[7].class' must be one of
          """)
  void refusesWhatIsMissingOrWrong(String text, String instead, String reason) {
    assertThatThrownBy(() -> parse(GOOD.replace(text, instead)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("caracal/golden.json of bundle test")
        .hasMessageContaining(reason);
  }

  @Test
  void tooFewProveNothing() {
    String two = GOOD.lines().limit(2).reduce("", String::concat) + "{}]}";
    assertThatThrownBy(() -> parse(two.replace(",{}", "")))
        .hasMessageContaining("'rows' must hold at least 8 rows");
  }

  private static void check(String golden, Detector detector) throws ModelException {
    parse(golden).check(detector, TinyModelBundle.views());
  }

  private static GoldenVectors parse(String golden) throws ModelException {
    return GoldenVectors.parse(golden.getBytes(StandardCharsets.UTF_8), "test", descriptor());
  }

  private static ModelDescriptor descriptor() throws ModelException {
    return ModelDescriptor.parse(
        TinyModelBundle.descriptor("tiny", "1.0.0", new byte[0]).getBytes(StandardCharsets.UTF_8),
        "test");
  }

  /** The distance model, in Java. */
  private static class Magnitudes implements Detector {
    @Override
    public DetectorDescription description() {
      try {
        return descriptor().describe("java", "cpu");
      } catch (ModelException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void score(FlowBatch batch, Scores scores) {
      for (int row = 0; row < batch.size(); row++) {
        if (batch.packets(row) >= 2) {
          scores.set(row, value(batch, row), Scores.NO_CLASS);
        }
      }
    }

    float value(FlowBatch batch, int row) {
      float sum = 0;
      for (int column = 0; column < 3; column++) {
        sum += Math.abs(batch.view("tiny").get(row * 3 + column));
      }
      return sum;
    }
  }
}
