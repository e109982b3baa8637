package io.caracal.trainer.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.ensemble.FalseAlertCurve.Knot;
import io.caracal.trainer.ensemble.FalseAlertCurve.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

class FalseAlertCurveTest {
  /** A twenty-fourth of a day of benign traffic. */
  private static final FalseAlertCurve CURVE =
      FalseAlertCurve.of(
          Scale.LOG_ODDS,
          logit -> logit > 2.1 ? 0 : logit > 1.1 ? 1 : logit > 0.1 ? 2 : 3,
          1 / 24.0);

  private static double at(double logit) {
    double threshold = 1 / (1 + Math.exp(-logit));
    return CURVE.knots().stream()
        .filter(knot -> Math.abs(knot.threshold() - threshold) < 1e-9)
        .findFirst()
        .orElseThrow()
        .perDay();
  }

  @Test
  void countsAlerts() {
    assertThat(at(0)).isCloseTo(3 * 24, within(1e-9));
    assertThat(at(1)).isCloseTo(2 * 24, within(1e-9));
    assertThat(at(2)).isCloseTo(24, within(1e-9));
  }

  @Test
  void goesOnBelowOneAlert() {
    assertThat(CURVE.measuredUpTo()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-9));
    double factor = at(3) / at(2.25);
    assertThat(factor).isBetween(0.0, 0.9);
    assertThat(at(4) / at(3.25)).isCloseTo(factor, within(1e-9));
    List<Knot> knots = CURVE.knots();
    for (int i = 1; i < knots.size(); i++) {
      assertThat(knots.get(i).threshold()).isGreaterThan(knots.get(i - 1).threshold());
      assertThat(knots.get(i).perDay()).isLessThanOrEqualTo(knots.get(i - 1).perDay());
    }
  }

  @Test
  void givesTheThresholdOfABudget() {
    assertThat(CURVE.threshold(24)).isCloseTo(1 / (1 + Math.exp(-1.25)), within(1e-9));
    assertThat(CURVE.threshold(1)).isGreaterThan(CURVE.threshold(24));
    assertThat(CURVE.threshold(1e-30)).isEqualTo(CURVE.knots().getLast().threshold());
  }

  @Test
  void neverExpectsMoreOfAHigherThreshold() {
    FalseAlertCurve curve =
        FalseAlertCurve.of(Scale.EVIDENCE, at -> at < 5 ? 1 : at < 8 ? 4 : 0, 1);
    assertThat(curve.knots().getFirst()).isEqualTo(new Knot(2, 4));
    assertThat(curve.measuredUpTo()).isEqualTo(7.5);
    assertThat(curve.threshold(2)).isGreaterThan(7.5);
  }
}
