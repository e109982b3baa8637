package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.onnx.OnnxModel;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import io.caracal.trainer.scoring.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exported graphs of networks over flat views against libtorch, on random weights: what is wrong
 * there is wrong anywhere.
 */
class FlatParityTest {
  private static final int ROWS = 700;
  private static final int WIDTH = 12;
  private static final int FIRST = 5;

  /** Two flat views, so that a raw row is put together of two inputs. */
  private static final InputLayout FLAT =
      Layouts.of(Layouts.flat("a", FIRST), Layouts.flat("b", WIDTH - FIRST));

  /** Heavy tails, zeros, negative values and equal rows. */
  private static float[] flat() {
    Random random = new Random(5);
    float[] rows = new float[ROWS * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      double value = Math.exp(4 * random.nextGaussian());
      rows[i] = (float) (i % 5 == 0 ? 0 : i % 7 == 0 ? -value : value);
    }
    System.arraycopy(rows, 0, rows, WIDTH, WIDTH);
    return rows;
  }

  private static Normalisation normalisation(float[] rows, int columns) {
    List<float[]> values = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      float[] column = new float[rows.length / columns];
      for (int i = 0; i < column.length; i++) {
        column[i] = rows[i * columns + c];
      }
      values.add(column);
    }
    return Normalisation.fit(values, 6);
  }

  private static FlatInput input() {
    int[] columns = IntStream.range(1, WIDTH).toArray();
    return new FlatInput(FLAT, columns, normalisation(select(flat()), columns.length));
  }

  private static float[] select(float[] rows) {
    float[] selected = new float[ROWS * (WIDTH - 1)];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(rows, row * WIDTH + 1, selected, row * (WIDTH - 1), WIDTH - 1);
    }
    return selected;
  }

  /** Every family over flat views, prepared and concluded, with random weights. */
  private static Stream<FlatNetwork> flatNetworks() {
    return networks(1).stream();
  }

  private static List<FlatNetwork> networks(long seed) {
    List<FlatNetwork> networks =
        List.of(
            new Autoencoder(input(), new Autoencoder.Settings(List.of(9, 4), 0.1, 0.1), seed),
            new Vae(input(), new Vae.Settings(9, 4, 0.5), seed),
            new BiGan(input(), new BiGan.Settings(8, 4, 0.1, 0.3), seed),
            new Diffusion(input(), new Diffusion.Settings(9, 4, List.of(0.8, 0.4, 0.1)), seed),
            new DeepSvdd(input(), new DeepSvdd.Settings(List.of(9, 4)), seed),
            new LatentKmeans(input(), new LatentKmeans.Settings(9, 4, 5), seed),
            new Pca(input(), 4),
            new NearestCentre(input(), new NearestCentre.Settings(6), seed),
            new OneClassSvm(input(), new OneClassSvm.Settings(200, 0.1, 0.5), seed));
    networks.forEach(network -> network.prepare(flat()));
    networks.forEach(network -> network.conclude(flat()));
    return networks;
  }

  @ParameterizedTest
  @MethodSource("flatNetworks")
  void bothFormsAgree(FlatNetwork network) {
    try (OnnxModel model = new OnnxModel(network.export(new TreeMap<>()), FLAT)) {
      assertThat(Parity.check(network, model, flat())).isLessThan(Parity.TOLERANCE);
      Answer answer = model.score(flat(), ROWS);
      assertThat(answer.scores()[0]).isCloseTo(answer.scores()[1], within(1e-5f));
      for (float score : answer.scores()) {
        assertThat(score).isNotNegative().isFinite();
      }
      assertThat(answer.classes()).isEmpty();
    }
  }

  private static Stream<FlatClassifier> classifiers() {
    return Stream.of(
        dense(List.of()),
        dense(List.of(9, 7)),
        // Two ends of one column and two neighbours of two columns; one column of the flow.
        graph(new GraphClassifier.Settings(1, 2, 2, 6, 0.1, 0.01)),
        // Two ends of two columns and three neighbours of one.
        graph(new GraphClassifier.Settings(2, 3, 1, 6, 0.1, 0.01)));
  }

  private static DenseClassifier dense(List<Integer> hidden) {
    return new DenseClassifier(input(), new DenseClassifier.Settings(hidden, 0.1, 0.01), 4, 1);
  }

  private static GraphClassifier graph(GraphClassifier.Settings settings) {
    return new GraphClassifier(input(), settings, 4, 1);
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void classifiersAgree(FlatClassifier network) {
    try (OnnxModel model = new OnnxModel(network.export(new TreeMap<>()), FLAT)) {
      assertThat(Parity.check(network, model, flat())).isLessThan(Parity.TOLERANCE);
      Answer answer = model.score(flat(), ROWS);
      assertThat(answer.classes()).hasSize(4 * ROWS);
      float sum =
          answer.classes()[0] + answer.classes()[1] + answer.classes()[2] + answer.classes()[3];
      assertThat(answer.scores()[0]).isCloseTo(sum, within(1e-6f)).isLessThan(1);
    }
  }

  @Test
  void aGraphNetworkNeedsTheColumnsOfBothEnds() {
    assertThatThrownBy(() -> graph(new GraphClassifier.Settings(3, 3, 1, 6, 0, 0)))
        .hasMessageContaining("reads 12 columns of two hosts, but there are 11");
  }

  @Test
  void equalSeedsAreEqualBytes() {
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put("caracal.id", "x");
    List<FlatNetwork> again = networks(3);
    List<FlatNetwork> first = networks(3);
    for (int i = 0; i < first.size(); i++) {
      assertThat(first.get(i).export(metadata)).isEqualTo(again.get(i).export(metadata));
    }
  }
}
