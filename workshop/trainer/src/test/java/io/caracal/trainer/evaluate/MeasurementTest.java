package io.caracal.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final double EXACT = 1e-6;

  private final JsonNode net = Evaluated.measurement().of(Evaluated.net(), List.of("one", "two"));
  private final JsonNode distance =
      Evaluated.measurement().of(Evaluated.distance(), List.of("one"));

  @Test
  void recallIsTakenAtTheThresholdThatKeepsTheRate() {
    // Above 0.7, the highest benign score: 0.8, 0.9 and 0.95.
    JsonNode none = net.path("at_fpr").path("0.0");
    assertThat(none.path("threshold").asDouble()).isEqualTo(0.8);
    assertThat(none.path("fpr").asDouble()).isZero();
    assertThat(none.path("recall_by_label").path("scan_syn").asDouble())
        .isCloseTo(2 / 3.0, within(EXACT));
    assertThat(none.path("recall_by_label").path("dos_new").asDouble())
        .isCloseTo(1 / 3.0, within(EXACT));
    // One of four benign flows may pass: 0.7 does.
    assertThat(net.path("at_fpr").path("0.25").path("fpr").asDouble()).isEqualTo(0.25);
  }

  @Test
  void meansOverLabelsTellTrainedFromNew() {
    assertThat(net.path("macro_recall").asDouble()).isCloseTo(2 / 3.0, within(EXACT));
    JsonNode none = net.path("at_fpr").path("0.0");
    assertThat(none.path("macro_recall_trained_labels").asDouble())
        .isCloseTo(2 / 3.0, within(EXACT));
    assertThat(none.path("macro_recall_new_labels").asDouble()).isCloseTo(1 / 3.0, within(EXACT));
    assertThat(none.path("runs").asInt()).isEqualTo(4);
    assertThat(none.path("alerted_runs").asInt()).isEqualTo(3);
  }

  @Test
  void aFlowWithoutScoreIsNeverCalledAnAttack() {
    assertThat(Evaluated.net().ranking().thresholdAtFpr(1)).isEqualTo(0.1);
  }

  @Test
  void falseAlertsFoldWhatOneSourceDoesInAWindow() {
    // Two web flows are detected, 980 s apart: two alerts of four flows, 1000 flows a day.
    JsonNode alerts = net.path("false_alerts");
    assertThat(alerts.path("detected_benign_flows").asInt()).isEqualTo(2);
    assertThat(alerts.path("false_alerts").asInt()).isEqualTo(2);
    assertThat(alerts.path("false_alerts_per_day").asDouble()).isEqualTo(500);
    assertThat(
            AlertFolding.alerts(
                List.of(
                    new AlertFolding.Detection("a", 500),
                    new AlertFolding.Detection("a", 0),
                    new AlertFolding.Detection("a", 250),
                    new AlertFolding.Detection("b", 260)),
                300))
        .isEqualTo(2);
  }

  @Test
  void calibrationComparesBinsWithTheirAttacks() {
    // Bins of one flow each, but 0.9 and 0.95 share one: distances by hand.
    double error =
        (0.1 + 0.6 + 0.7 + 0.2 + (1 - 0.8) + (1 - 0.55) + (1 - 0.3) + 2 * (1 - 0.925)) / 9;
    assertThat(net.path("calibration").path("expected_calibration_error").asDouble())
        .isCloseTo(error, within(EXACT));
    assertThat(distance.has("calibration")).isFalse();
  }

  @Test
  void confusionNamesLabelToolAndClass() {
    JsonNode confusion = net.path("confusion");
    assertThat(confusion.path("scan_syn").path("nmap").path("scan").asInt()).isEqualTo(2);
    assertThat(confusion.path("scan_syn").path("masscan").path(Confusion.MISSED).asInt())
        .isEqualTo(1);
    assertThat(confusion.path("dos_new").path("hping3").path("flood").asInt()).isEqualTo(1);
    assertThat(confusion.path("benign").path("web").path("scan").asInt()).isEqualTo(2);
    assertThat(
            distance
                .path("confusion")
                .path("scan_syn")
                .path("nmap")
                .path(Confusion.UNNAMED)
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void histogramsHoldEveryFlow() {
    for (JsonNode detector : List.of(net, distance)) {
      JsonNode histogram = detector.path("histogram");
      int flows = histogram.path("abstained_attack").asInt();
      for (String kind : List.of("benign", "attack")) {
        for (JsonNode count : histogram.path(kind)) {
          flows += count.asInt();
        }
      }
      assertThat(flows).isEqualTo(10);
    }
    assertThat(distance.path("histogram").path("from").asDouble()).isZero();
    assertThat(distance.path("histogram").path("to").asDouble()).isEqualTo(2);
  }

  @Test
  void figuresByCaptureAreThoseOfItsFlowsAlone() {
    JsonNode one = net.path("captures").path("one");
    // Benign 0.1 and 0.6 against 0.9 and 0.8.
    assertThat(one.path("roc_auc").asDouble()).isEqualTo(1);
    assertThat(net.path("captures").path("two").path("runs").asInt()).isEqualTo(2);
    assertThat(distance.has("captures")).isFalse();
  }

  @Test
  void curvesEndInTheCorners() {
    JsonNode roc = net.path("roc");
    assertThat(roc.get(0).toString()).isEqualTo("[0.0,0.0]");
    assertThat(roc.get(roc.size() - 1).toString()).isEqualTo("[1.0,1.0]");
    JsonNode last = net.path("precision_recall").get(net.path("precision_recall").size() - 1);
    assertThat(last.get(0).asDouble()).isEqualTo(1);
    assertThat(last.get(1).asDouble()).isCloseTo(0.6, within(EXACT));
  }
}
