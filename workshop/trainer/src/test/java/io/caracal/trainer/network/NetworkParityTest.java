package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.onnx.OnnxModel;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import io.caracal.trainer.scoring.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Exported graphs against libtorch, on random weights: what is wrong there is wrong anywhere. */
class NetworkParityTest {
  private static final int ROWS = 700;
  private static final int WIDTH = 12;
  private static final int LENGTH = 32;
  private static final int CHANNELS = 8;
  private static final int MASK = 2;
  private static final int FIRST = 5;

  /** Two flat views, so that a raw row is put together of two inputs. */
  private static final InputLayout FLAT =
      Layouts.of(Layouts.flat("a", FIRST), Layouts.flat("b", WIDTH - FIRST));

  private static final InputLayout PACKETS =
      Layouts.of(Layouts.sequence("packets", LENGTH, CHANNELS));

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

  /** Sequences of every length, padded with zeros, one of them twice. */
  private static float[] sequences() {
    Random random = new Random(6);
    float[] rows = new float[ROWS * LENGTH * CHANNELS];
    for (int row = 0; row < ROWS; row++) {
      for (int packet = 0; packet < 1 + row % LENGTH; packet++) {
        int at = (row * LENGTH + packet) * CHANNELS;
        for (int c = 0; c < CHANNELS; c++) {
          rows[at + c] = (float) (random.nextGaussian() * (c == 0 ? 700 : 3));
        }
        rows[at + MASK] = random.nextBoolean() ? 1 : -1;
      }
    }
    int one = LENGTH * CHANNELS;
    System.arraycopy(rows, 31 * one, rows, 32 * one, one);
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

  private static Autoencoder autoencoder(long seed) {
    int[] columns = IntStream.range(1, WIDTH).toArray();
    float[] rows = flat();
    return new Autoencoder(
        FLAT,
        columns,
        normalisation(select(rows), columns.length),
        new Autoencoder.Settings(List.of(9, 4), 0.1, 0.1),
        seed);
  }

  private static float[] select(float[] rows) {
    float[] selected = new float[ROWS * (WIDTH - 1)];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(rows, row * WIDTH + 1, selected, row * (WIDTH - 1), WIDTH - 1);
    }
    return selected;
  }

  private static Cnn1d cnn(long seed) {
    return new Cnn1d(
        PACKETS,
        MASK,
        normalisation(sequences(), CHANNELS),
        new Cnn1d.Settings(List.of(16, 24, 32), List.of(5, 3, 3), 20, 0.3, 0),
        10,
        seed);
  }

  @Test
  void autoencoderAgrees() {
    Autoencoder network = autoencoder(1);
    try (OnnxModel model = new OnnxModel(network.export(new TreeMap<>()), FLAT)) {
      assertThat(Parity.check(network, model, flat())).isLessThan(Parity.TOLERANCE);
      Answer answer = model.score(flat(), ROWS);
      assertThat(answer.scores()[0]).isEqualTo(answer.scores()[1]).isPositive();
      assertThat(answer.classes()).isEmpty();
    }
  }

  @Test
  void convolutionalNetworkAgrees() {
    Cnn1d network = cnn(1);
    try (OnnxModel model = new OnnxModel(network.export(new TreeMap<>()), PACKETS)) {
      assertThat(Parity.check(network, model, sequences())).isLessThan(Parity.TOLERANCE);
      Answer answer = model.score(sequences(), ROWS);
      assertThat(answer.classes()).hasSize(ROWS * 10);
      float sum = 0;
      for (int c = 0; c < 10; c++) {
        sum += answer.classes()[c];
      }
      assertThat(answer.scores()[0]).isCloseTo(sum, within(1e-6f));
      assertThat(answer.scores()[31]).isCloseTo(answer.scores()[32], within(1e-6f));
    }
  }

  @Test
  void aWrongExportIsFound() {
    try (OnnxModel other = new OnnxModel(cnn(2).export(new TreeMap<>()), PACKETS)) {
      assertThatThrownBy(() -> Parity.check(cnn(1), other, sequences()))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("differs from libtorch");
    }
  }

  @Test
  void aScoreDoesNotDependOnItsBatch() {
    try (OnnxModel model = new OnnxModel(cnn(1).export(new TreeMap<>()), PACKETS)) {
      Answer together = model.score(sequences(), ROWS);
      int one = LENGTH * CHANNELS;
      for (int row : new int[] {0, 3, 31, 699}) {
        float[] alone = new float[one];
        System.arraycopy(sequences(), row * one, alone, 0, one);
        assertThat(model.score(alone, 1).scores()[0])
            .isCloseTo(together.scores()[row], within(1e-5f));
      }
    }
  }

  @Test
  void equalSeedsAreEqualBytes() {
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put("caracal.id", "x");
    assertThat(cnn(1).export(metadata)).isEqualTo(cnn(1).export(metadata));
    assertThat(autoencoder(3).export(metadata)).isEqualTo(autoencoder(3).export(metadata));
  }
}
