package io.caracal.api.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureDriverTest {
  private static FeatureDriver driver(float actual, float typical, float below, float above) {
    String meaning = "Flows that the source started, fading over 10 s.";
    return new FeatureDriver(
        "ensemble",
        "host",
        "src.starts_10s",
        "count",
        actual,
        typical,
        0.5f,
        meaning,
        below,
        above);
  }

  @Test
  void whatIsUnusualIsSaid() {
    assertThat(driver(316, 12, 1, 0).sentence())
        .isEqualTo(
            "Flows that the source started, fading over 10 s: 316, typically 12, more than in"
                + " 99.9 % of normal flows");
    assertThat(driver(0.12345f, 12, 0, 0.9523f).sentence())
        .endsWith(": 0.123, typically 12, less than in 95.2 % of normal flows");
  }

  @Test
  void whatIsNotUnusualOrUnknownIsNotSaid() {
    assertThat(driver(14, 12, 0.6f, 0.3f).sentence()).endsWith(": 14, typically 12");
    FeatureDriver plain =
        new FeatureDriver("ensemble", "cic", "Flow IAT Mean", "s", 0.0012f, Float.NaN, 0.4f);
    assertThat(plain.sentence()).isEqualTo("cic Flow IAT Mean: 0.0012 s, typically unknown");
  }

  @Test
  void timesAreToldInTheirOwnSizeAndOfZeroWhatHoldsOfIt() {
    String meaning = "Mean time between flows; 0 below two.";
    FeatureDriver slow =
        new FeatureDriver(
            "ensemble", "host", "interval", "µs", 7_939_809, 28_605, 0.1f, meaning, 0.5f, 0.5f);
    assertThat(slow.sentence()).isEqualTo("Mean time between flows: 7.94 s, typically 28.6 ms");
    FeatureDriver none =
        new FeatureDriver("ensemble", "host", "interval", "µs", 0, 28_605, 0.1f, meaning, 0, 0.99f);
    assertThat(none.sentence())
        .isEqualTo(
            "Mean time between flows; 0 below two: 0 µs, typically 28.6 ms, less than in 99.0 % of"
                + " normal flows");
  }
}
