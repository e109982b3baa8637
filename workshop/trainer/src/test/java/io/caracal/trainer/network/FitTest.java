package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.scoring.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FitTest {
  private static final PacketEncoder.Settings ENCODER =
      new ConvolutionEncoder.Settings(List.of(8, 8), List.of(3, 3));
  private static final Fit.Augmentation NONE = (row, offset, random) -> {};
  private static final Fit.Schedule SCHEDULE = new Fit.Schedule(12, 32, 0.01, 0, 12);

  private final List<String> said = new ArrayList<>();

  /** Class 1 sends large packets, class 2 waits longer and longer. */
  private static LabelledRows rows(long seed, int count) {
    float[] rows = PacketFlows.rows(count, seed);
    int width = PacketFlows.LAYOUT.width();
    long[] targets = new long[count];
    for (int row = 0; row < count; row++) {
      targets[row] = row % 3;
      for (int packet = 0; packet < 1 + row % PacketFlows.LENGTH; packet++) {
        int at = row * width + packet * 8;
        rows[at] += targets[row] == 1 ? 3000 : 0;
        rows[at + 1] += targets[row] == 2 ? packet + 3 : 0;
      }
    }
    return new LabelledRows(rows, targets);
  }

  private SequenceClassifier fitted(LabelledRows train, LabelledRows calibration) {
    SequenceClassifier network = PacketFlows.classifier(train.rows(), ENCODER, 2, 1);
    new Fit(SCHEDULE, said::add).run(network, train, calibration, NONE, 1);
    return network;
  }

  @Test
  void learnsAndRepeatsToTheByte() {
    LabelledRows train = rows(1, 300);
    SequenceClassifier network = fitted(train, rows(2, 90));
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
    assertThat(fitted(train, rows(2, 90)).export(new TreeMap<>()))
        .isEqualTo(network.export(new TreeMap<>()));
  }

  @Test
  void learnsNothingFromShuffledLabels() {
    LabelledRows held = rows(3, 600);
    SequenceClassifier fooled = fitted(shuffled(rows(1, 600)), shuffled(rows(2, 90)));
    assertThat(difference(fooled, held)).isBetween(-0.1, 0.1);
    assertThat(difference(fitted(rows(1, 600), rows(2, 90)), held)).isGreaterThan(0.8);
  }

  private static LabelledRows shuffled(LabelledRows rows) {
    long[] targets = rows.targets().clone();
    Random random = new Random(4);
    for (int i = targets.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long kept = targets[i];
      targets[i] = targets[j];
      targets[j] = kept;
    }
    return new LabelledRows(rows.rows(), targets);
  }

  /** Mean score of attacks minus that of benign flows. */
  private static double difference(Network network, LabelledRows held) {
    float[] scores = Inference.run(network, held.rows()).scores();
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int i = 0; i < scores.length; i++) {
      int attack = held.targets()[i] > 0 ? 1 : 0;
      sums[attack] += scores[i];
      counts[attack]++;
    }
    return sums[1] / counts[1] - sums[0] / counts[0];
  }

  @Test
  void anEncoderLearnsWithoutLabels() {
    LabelledRows train = rows(1, 600);
    LabelledRows calibration = rows(2, 90);
    PacketColumns packets = PacketFlows.packets(train.rows());
    MaskedPackets masked = new MaskedPackets(PacketFlows.LAYOUT.width(), packets, ENCODER, 0.3, 1);
    new Fit(SCHEDULE, said::add).run(masked, train, calibration, NONE, 1);
    double first = loss(said.getFirst());
    assertThat(loss(said.getLast())).isLessThan(0.8 * first);

    SequenceClassifier network = PacketFlows.classifier(train.rows(), ENCODER, 2, 9);
    network.parameters().restore(masked.encoder());
    assertThat(network.parameters().values("encoder.convolution1.weight"))
        .isEqualTo(masked.parameters().values("encoder.convolution1.weight"));
    assertThat(masked.encoder()).doesNotContainKey("head.weight");
  }

  private static double loss(String line) {
    return Double.parseDouble(line.replaceAll(".*: loss ([0-9.]+),.*", "$1"));
  }
}
