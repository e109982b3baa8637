package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.rows.Layouts;
import io.caracal.trainer.scoring.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FitTest {
  private static final int LENGTH = 8;
  private static final int CHANNELS = 4;

  private static LabelledRows rows(long seed, int count) {
    Random random = new Random(seed);
    float[] rows = new float[count * LENGTH * CHANNELS];
    long[] targets = new long[count];
    for (int row = 0; row < count; row++) {
      targets[row] = row % 3;
      for (int packet = 0; packet < 5; packet++) {
        int at = (row * LENGTH + packet) * CHANNELS;
        rows[at] = (float) (random.nextGaussian() + 3 * (targets[row] == 1 ? 1 : -1));
        rows[at + 1] = (float) (random.nextGaussian() + 3 * (targets[row] == 2 ? packet : 0));
        rows[at + 2] = 1;
        rows[at + 3] = random.nextFloat();
      }
    }
    return new LabelledRows(rows, targets);
  }

  private final List<String> said = new ArrayList<>();

  private Cnn1d fitted(long seed) {
    LabelledRows train = rows(1, 300);
    List<float[]> columns = new ArrayList<>();
    for (int c = 0; c < CHANNELS; c++) {
      float[] column = new float[300];
      for (int i = 0; i < 300; i++) {
        column[i] = train.rows()[i * LENGTH * CHANNELS + c];
      }
      columns.add(column);
    }
    Cnn1d network =
        new Cnn1d(
            Layouts.of(Layouts.sequence("packets", LENGTH, CHANNELS)),
            2,
            Normalisation.fit(columns, 5),
            new Cnn1d.Settings(List.of(8, 8, 8), List.of(3, 3, 3), 8, 0.1, 0.01),
            2,
            seed);
    new Fit(new Fit.Schedule(12, 32, 0.01, 0, 12), said::add)
        .run(network, train, rows(2, 90), (row, offset, random) -> {}, seed);
    return network;
  }

  @Test
  void learnsAndRepeatsToTheByte() {
    Cnn1d network = fitted(1);
    LabelledRows held = rows(3, 90);
    Answer answer = Inference.run(network, held.rows());
    int right = 0;
    for (int row = 0; row < 90; row++) {
      boolean attack = answer.scores()[row] > 0.5;
      boolean named = answer.likeliest(row) + 1 == held.targets()[row];
      right += held.targets()[row] == 0 ? (attack ? 0 : 1) : attack && named ? 1 : 0;
    }
    assertThat(right).isGreaterThan(80);
    assertThat(said).hasSizeBetween(1, 12).allMatch(line -> line.contains("calibration loss"));
    assertThat(fitted(1).export(new TreeMap<>())).isEqualTo(network.export(new TreeMap<>()));
  }
}
