package io.caracal.trainer.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CombinationTest {
  private static final Transform LOGIT = new Transform.Logit(1e-4);

  private static Combination.Term term(String id, boolean supervised) {
    return new Combination.Term(id, supervised, LOGIT, 0, 0);
  }

  @Test
  void recoversTheWeightsThatMadeTheData() {
    Random random = new Random(1);
    double[][] features = new double[20_000][2];
    boolean[] positive = new boolean[features.length];
    double[] weights = new double[features.length];
    Arrays.fill(weights, 1);
    for (int i = 0; i < features.length; i++) {
      features[i][0] = random.nextGaussian();
      features[i][1] = random.nextGaussian();
      double odds = 2 * features[i][0] - 1 * features[i][1] + 0.5;
      positive[i] = random.nextDouble() < 1 / (1 + Math.exp(-odds));
    }
    double[] beta = LogisticFit.fit(features, positive, weights, 0, new boolean[2]);
    assertThat(beta[0]).isCloseTo(2, within(0.1));
    assertThat(beta[1]).isCloseTo(-1, within(0.1));
    assertThat(beta[2]).isCloseTo(0.5, within(0.1));
    double[] fixed = LogisticFit.fit(features, positive, weights, 0, new boolean[] {false, true});
    assertThat(fixed[1]).isZero();
  }

  @Test
  void trustsTheGoodMemberAndSwitchesOffTheContrary() {
    Random random = new Random(2);
    float[][] scores = new float[2000][];
    boolean[] attack = new boolean[scores.length];
    double[] weights = new double[scores.length];
    Arrays.fill(weights, 1);
    for (int i = 0; i < scores.length; i++) {
      attack[i] = i % 4 == 0;
      double good = 1 / (1 + Math.exp(-(random.nextGaussian() + (attack[i] ? 2 : -2))));
      float abstaining = i % 3 == 0 ? Float.NaN : random.nextFloat();
      scores[i] = new float[] {(float) good, (float) (1 - good * 0.9), abstaining};
    }
    Combination fitted =
        Combination.fit(
            List.of(term("good", true), term("contrary", true), term("blind", true)),
            scores,
            attack,
            weights,
            new Combination.Plan(1e-4, 0.02, 0.02));
    assertThat(fitted.terms().get(0).weight()).isGreaterThan(0.5);
    assertThat(fitted.terms().get(1).weight()).isZero();
    assertThat(fitted.terms().get(1).abstainBias()).isZero();
    assertThat(fitted.probability(new float[] {.999f, .1f, .5f})).isGreaterThan(0.9f);
    assertThat(fitted.probability(new float[] {.001f, .9f, Float.NaN})).isLessThan(0.1f);
    assertThat(fitted.probability(new float[] {Float.NaN, Float.NaN, Float.NaN})).isNaN();
    assertThat(fitted.spokesman(new float[] {.999f, .1f, Float.NaN})).isZero();
  }

  @Test
  void withoutItsBestMemberItIsUncertain() {
    float[][] scores = new float[400][];
    boolean[] attack = new boolean[400];
    double[] weights = new double[400];
    Arrays.fill(weights, 1);
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      attack[i] = i % 2 == 0;
      scores[i] = new float[] {attack[i] ? .99f : .01f, random.nextFloat()};
    }
    Combination fitted =
        Combination.fit(
            List.of(term("good", true), term("blind", true)),
            scores,
            attack,
            weights,
            new Combination.Plan(1e-3, 0.02, 0.02));
    assertThat(fitted.probability(new float[] {Float.NaN, .5f})).isBetween(0.3f, 0.7f);
  }

  @Test
  void calibrationMakesProbabilitiesTrue() {
    Random random = new Random(5);
    double[] logOdds = new double[20_000];
    boolean[] attack = new boolean[logOdds.length];
    for (int i = 0; i < logOdds.length; i++) {
      logOdds[i] = random.nextGaussian() * 6;
      // Three times too sure, and shifted by one.
      attack[i] = random.nextDouble() < 1 / (1 + Math.exp(-(logOdds[i] / 3 - 1)));
    }
    Combination sure = new Combination(List.of(new Combination.Term("a", true, LOGIT, 1, 0)), 0);
    Combination calibrated = sure.calibrated(logOdds, attack);
    assertThat(calibrated.bias()).isCloseTo(-1, within(0.1));
    assertThat(calibrated.terms().getFirst().weight() / sure.terms().getFirst().weight())
        .isCloseTo(1 / 3.0, within(0.03));
  }
}
