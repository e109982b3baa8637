package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.onnx.OnnxModel;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForecastTest {
  private static final int CHANNELS = 8;
  private static final InputLayout RATES =
      Layouts.of(
          Layouts.flat(
              "host", List.of("a_600s", "a_60s", "a_10s", "a_1s", "b_600s", "b_10s"), List.of()));
  private static final List<List<String>> SERIES =
      List.of(
          List.of("host/a_600s", "host/a_60s", "host/a_10s", "host/a_1s"),
          List.of("host/b_600s", "host/b_10s"));

  static List<PacketEncoder.Settings> encoders() {
    return List.of(new LstmEncoder.Settings(12), new TransformerEncoder.Settings(16, 2, 1, 16, 0));
  }

  private static PacketForecast packets(PacketEncoder.Settings encoder, float[] train) {
    return new PacketForecast(
        PacketFlows.LAYOUT,
        PacketFlows.packets(train),
        encoder,
        new PacketForecast.Settings(List.of("size", "log_iat", "direction"), 4, 3),
        1);
  }

  /** Steady rates with some noise: each sum holds what the faster ones hold. */
  private static float[] rates(int count, double perSecond, double noise, long seed) {
    Random random = new Random(seed);
    float[] rows = new float[count * RATES.width()];
    for (int row = 0; row < count; row++) {
      double[] scales = {600, 60, 10, 1, 600, 10};
      double level = perSecond * Math.exp(0.3 * random.nextGaussian());
      for (int c = 0; c < scales.length; c++) {
        double now = c == 3 ? Math.exp(noise * random.nextGaussian()) : 1;
        rows[row * RATES.width() + c] = (float) (scales[c] * level * now);
      }
    }
    return rows;
  }

  private static RateForecast rateForecast() {
    return new RateForecast(RATES, new RateForecast.Settings(SERIES, 3), 1);
  }

  private static void fit(Forecast network, float[] rows) {
    LabelledRows train = new LabelledRows(rows, new long[rows.length / network.width()]);
    new Fit(new Fit.Schedule(5, 64, 0.01, 0, 5), line -> {})
        .run(network, train, train, (row, offset, random) -> {}, 1);
    network.conclude(rows);
  }

  private static double mean(Network network, float[] rows) {
    float[] scores = Inference.run(network, rows).scores();
    double sum = 0;
    for (float score : scores) {
      assertThat(score).isNotNegative().isFinite();
      sum += score;
    }
    return sum / scores.length;
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void packetForecastsAgree(PacketEncoder.Settings encoder) {
    float[] flows = PacketFlows.rows(700, 3);
    PacketForecast network = packets(encoder, flows);
    network.conclude(flows);
    try (OnnxModel model = new OnnxModel(network.export(new TreeMap<>()), PacketFlows.LAYOUT)) {
      assertThat(Parity.check(network, model, flows)).isLessThan(Parity.TOLERANCE);
      assertThat(model.score(flows, 700).classes()).isEmpty();
    }
  }

  @Test
  void rateForecastsAgree() {
    float[] rows = rates(700, 2, 0.5, 3);
    Arrays.fill(rows, 0, 2 * RATES.width(), 0);
    RateForecast network = rateForecast();
    fit(network, rows);
    try (OnnxModel model = new OnnxModel(network.export(new TreeMap<>()), RATES)) {
      assertThat(Parity.check(network, model, rows)).isLessThan(Parity.TOLERANCE);
    }
  }

  /** A flow whose every packet is like the one before is foretold better than any normal one. */
  @ParameterizedTest
  @MethodSource("encoders")
  void whatIsTooEasyToForetellIsRareAsWell(PacketEncoder.Settings encoder) {
    float[] normal = PacketFlows.rows(640, 3);
    PacketForecast network = packets(encoder, normal);
    fit(network, normal);
    float[] simple = PacketFlows.rows(64, 5);
    int width = PacketFlows.LAYOUT.width();
    for (int row = 0; row < 64; row++) {
      for (int packet = 1; packet < PacketFlows.LENGTH; packet++) {
        int first = row * width;
        System.arraycopy(simple, first, simple, first + packet * CHANNELS, CHANNELS);
      }
    }
    assertThat(mean(network, simple)).isGreaterThan(2 * mean(network, PacketFlows.rows(640, 6)));
  }

  @Test
  void aBurstAndASilenceAreBothFarFromSteadyRates() {
    RateForecast network = rateForecast();
    fit(network, rates(600, 2, 0.3, 1));
    double usual = mean(network, rates(200, 2, 0.3, 2));
    float[] burst = rates(200, 2, 0.3, 2);
    float[] silence = burst.clone();
    for (int row = 0; row < 200; row++) {
      burst[row * RATES.width() + 3] += 200;
      burst[row * RATES.width() + 2] += 200;
      silence[row * RATES.width() + 3] = 0;
    }
    assertThat(mean(network, burst)).isGreaterThan(2 * usual);
    assertThat(mean(network, silence)).isGreaterThan(2 * usual);
  }

  @Test
  void seriesMustBeThereAndFallInScale() {
    assertThatThrownBy(() -> new RateSeries(RATES, List.of(List.of("host/c_10s"))))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("no column host/c_10s");
    assertThatThrownBy(() -> new RateSeries(RATES, List.of(List.of("host/a_1s", "host/a_10s"))))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("slowest column first");
  }

  @Test
  void aForecastWithoutItsConclusionDoesNotScore() {
    float[] rows = rates(4, 1, 0, 1);
    assertThatThrownBy(() -> Inference.run(rateForecast(), rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("conclusion");
  }
}
