package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.evaluate.Ranking;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Normal rows lie on a curve in six columns. Rows off the curve differ in nothing but how their
 * columns go together: every single column has the same values.
 */
class FlatNetworkTest {
  private static final int WIDTH = 6;
  private static final InputLayout LAYOUT = Layouts.of(Layouts.flat("a", WIDTH));

  private static float[] normal(long seed, int count) {
    Random random = new Random(seed);
    float[] rows = new float[count * WIDTH];
    for (int row = 0; row < count; row++) {
      double at = 4 * random.nextDouble() - 2;
      double[] values = {at, at * at, Math.sin(2 * at), -at, Math.abs(at), Math.cos(3 * at)};
      for (int c = 0; c < WIDTH; c++) {
        rows[row * WIDTH + c] = (float) (values[c] + 0.02 * random.nextGaussian());
      }
    }
    return rows;
  }

  /** Every column in an order of its own. */
  private static float[] shuffled(float[] rows, long seed) {
    Random random = new Random(seed);
    float[] shuffled = rows.clone();
    int count = rows.length / WIDTH;
    for (int c = 0; c < WIDTH; c++) {
      for (int row = count - 1; row > 0; row--) {
        int other = random.nextInt(row + 1);
        float kept = shuffled[row * WIDTH + c];
        shuffled[row * WIDTH + c] = shuffled[other * WIDTH + c];
        shuffled[other * WIDTH + c] = kept;
      }
    }
    return shuffled;
  }

  private static FlatInput input(float[] rows) {
    List<float[]> columns = new ArrayList<>();
    for (int c = 0; c < WIDTH; c++) {
      float[] column = new float[rows.length / WIDTH];
      for (int i = 0; i < column.length; i++) {
        column[i] = rows[i * WIDTH + c];
      }
      columns.add(column);
    }
    return new FlatInput(
        LAYOUT, IntStream.range(0, WIDTH).toArray(), Normalisation.fit(columns, 4));
  }

  static Stream<Function<FlatInput, FlatNetwork>> families() {
    return Stream.of(
        in -> new Autoencoder(in, new Autoencoder.Settings(List.of(24, 2), 0, 0), 1),
        in -> new Vae(in, new Vae.Settings(24, 2, 0.01), 1),
        in -> new BiGan(in, new BiGan.Settings(24, 2, 0.01, 0.1), 1),
        in -> new Diffusion(in, new Diffusion.Settings(32, 16, List.of(0.4, 0.2)), 1),
        in -> new LatentKmeans(in, new LatentKmeans.Settings(24, 2, 24), 1));
  }

  private static FlatNetwork fitted(Function<FlatInput, FlatNetwork> family, float[] train) {
    FlatNetwork network = family.apply(input(train));
    network.prepare(train);
    float[] held = normal(2, 200);
    new Fit(new Fit.Schedule(40, 64, 0.01, 0, 40), line -> {})
        .run(network, rows(train), rows(held), (row, offset, random) -> {}, 1);
    network.conclude(train);
    return network;
  }

  private static LabelledRows rows(float[] rows) {
    return new LabelledRows(rows, new long[rows.length / WIDTH]);
  }

  /** Rows off the curve against rows on it. */
  private static double rocAuc(FlatNetwork network) {
    float[] on = normal(3, 500);
    float[] off = shuffled(normal(4, 500), 5);
    double[] scores =
        Stream.of(on, off)
            .map(rows -> Inference.run(network, rows).scores())
            .flatMapToDouble(s -> IntStream.range(0, s.length).mapToDouble(i -> s[i]))
            .toArray();
    boolean[] attack = new boolean[scores.length];
    IntStream.range(500, attack.length).forEach(i -> attack[i] = true);
    return new Ranking(scores, attack).rocAuc();
  }

  @ParameterizedTest
  @MethodSource("families")
  void learnsHowColumnsGoTogether(Function<FlatInput, FlatNetwork> family) {
    assertThat(rocAuc(fitted(family, normal(1, 2000)))).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @MethodSource("families")
  void learnsNothingFromShuffledColumns(Function<FlatInput, FlatNetwork> family) {
    assertThat(rocAuc(fitted(family, shuffled(normal(1, 2000), 6)))).isLessThan(0.7);
  }

  @Test
  void deepSvddLearnsWhatIsFarAway() {
    FlatNetwork network =
        fitted(in -> new DeepSvdd(in, new DeepSvdd.Settings(List.of(24, 8)), 1), normal(1, 2000));
    float[] far = normal(3, 500);
    for (int i = 0; i < far.length; i++) {
      far[i] *= 3;
    }
    double normal = mean(Inference.run(network, normal(4, 500)).scores());
    assertThat(mean(Inference.run(network, far).scores())).isGreaterThan(2 * normal);
  }

  private static double mean(float[] scores) {
    return IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).average().orElseThrow();
  }

  /** The generator learns by a discriminator that must not learn to be deceived. */
  @Test
  void frozenWeightsGetNoGradientButTheInputDoes() {
    Parameters parameters = new Parameters(1);
    parameters.layer("judge", 2, 3);
    TorchOperations on = new TorchOperations(parameters);
    try (PointerScope _ = new PointerScope()) {
      Tensor x = Tensors.of(new float[] {1, 2, 3}, 1, 3).set_requires_grad(true);
      on.frozen().dense("judge", x).sum().backward();
      assertThat(x.grad().defined()).isTrue();
      assertThat(parameters.weight("judge").grad().defined()).isFalse();
      on.dense("judge", x).sum().backward();
      assertThat(parameters.weight("judge").grad().defined()).isTrue();
    }
  }

  @Test
  void aCollapsedNetworkIsRefused() {
    float[] train = normal(1, 300);
    DeepSvdd network = new DeepSvdd(input(train), new DeepSvdd.Settings(List.of(24, 8)), 1);
    network.prepare(train);
    Map<String, float[]> weights = network.parameters().snapshot();
    weights.values().forEach(values -> Arrays.fill(values, 0));
    network.parameters().restore(weights);
    assertThatThrownBy(() -> network.conclude(train))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("deep-svdd has collapsed");
  }

  @Test
  void infiniteColumnsGiveFiniteScores() {
    float[] train = normal(1, 300);
    float[] rows = normal(2, 2);
    rows[0] = Float.POSITIVE_INFINITY;
    rows[WIDTH + 1] = Float.NEGATIVE_INFINITY;
    families()
        .map(family -> family.apply(input(train)))
        .forEach(
            network -> {
              network.prepare(train);
              network.conclude(train);
              for (float score : Inference.run(network, rows).scores()) {
                assertThat(score).isFinite();
              }
            });
  }

  @Test
  void stepsMustDescend() {
    assertThatThrownBy(() -> new Diffusion.Settings(8, 4, List.of(0.2, 0.4)))
        .hasMessageContaining("1 to 4 descending levels");
    assertThatThrownBy(() -> new Diffusion.Settings(8, 4, List.of()))
        .hasMessageContaining("1 to 4 descending levels");
  }
}
