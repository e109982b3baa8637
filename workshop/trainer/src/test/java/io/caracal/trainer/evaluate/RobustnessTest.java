package io.caracal.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RobustnessTest {
  @Test
  void thresholdsAreThoseOfTheTrafficAsItWas() {
    Verdicts before = Evaluated.net();
    double[] lower = before.scores().clone();
    for (int i = 4; i < lower.length; i++) {
      lower[i] -= 0.2;
    }
    Verdicts after =
        new Verdicts("net", true, 0.5, before.classes(), before.flows(), lower, before.named());
    JsonNode all = Robustness.of(List.of(before), List.of(after), flow -> !flow.benign());
    assertThat(all.path("changed_flows").asInt()).isEqualTo(6);
    JsonNode net = all.path("detectors").path("net");
    // Scores 0.9, 0.8, none, 0.55, 0.95 and 0.3 against 0.5, then against 0.8.
    assertThat(net.path("tpr_in_force").path("before").asDouble()).isCloseTo(4 / 6.0, within(1e-6));
    assertThat(net.path("tpr_in_force").path("after").asDouble()).isCloseTo(3 / 6.0, within(1e-6));
    assertThat(net.path("tpr_at_fpr_0.01").path("before").asDouble())
        .isCloseTo(3 / 6.0, within(1e-6));
    assertThat(net.path("tpr_at_fpr_0.01").path("after").asDouble()).isZero();
    JsonNode tool =
        Robustness.of(
            List.of(before), List.of(after), flow -> flow.truth().detail().equals("hping3"));
    assertThat(tool.path("changed_flows").asInt()).isEqualTo(3);
  }
}
