package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.onnx.OnnxModel;
import io.caracal.trainer.scoring.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks over packets: their exported graphs against libtorch, and what they may look at. */
class SequenceParityTest {
  private static final int ROWS = 700;
  private static final float[] FLOWS = PacketFlows.rows(ROWS, 6);
  private static final PacketEncoder.Settings CONVOLUTION =
      new ConvolutionEncoder.Settings(List.of(16, 24), List.of(5, 3));
  private static final PacketEncoder.Settings TRANSFORMER =
      new TransformerEncoder.Settings(16, 4, 2, 24, 0.1);
  private static final PacketEncoder.Settings LSTM = new LstmEncoder.Settings(12);

  static List<PacketEncoder.Settings> encoders() {
    return List.of(CONVOLUTION, TRANSFORMER, LSTM);
  }

  static List<PacketEncoder.Settings> causal() {
    return List.of(TRANSFORMER, LSTM);
  }

  private static OnnxModel exported(Network network) {
    return new OnnxModel(network.export(new TreeMap<>()), network.layout());
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void classifierAgrees(PacketEncoder.Settings encoder) {
    SequenceClassifier network = PacketFlows.classifier(FLOWS, encoder, 10, 1);
    try (OnnxModel model = exported(network)) {
      assertThat(Parity.check(network, model, FLOWS)).isLessThan(Parity.TOLERANCE);
      Answer answer = model.score(FLOWS, ROWS);
      assertThat(answer.classes()).hasSize(ROWS * 10);
      float sum = 0;
      for (int c = 0; c < 10; c++) {
        sum += answer.classes()[c];
      }
      assertThat(answer.scores()[0]).isCloseTo(sum, within(1e-6f));
      assertThat(answer.scores()[31]).isCloseTo(answer.scores()[32], within(1e-6f));
      assertThat(answer.scores()[64]).isBetween(0f, 1f);
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void aScoreDoesNotDependOnItsBatch(PacketEncoder.Settings encoder) {
    try (OnnxModel model = exported(PacketFlows.classifier(FLOWS, encoder, 3, 1))) {
      float[] together = model.score(FLOWS, ROWS).scores();
      int width = PacketFlows.LAYOUT.width();
      for (int row : new int[] {0, 3, 31, 699}) {
        float[] alone = Arrays.copyOfRange(FLOWS, row * width, (row + 1) * width);
        assertThat(model.score(alone, 1).scores()[0]).isCloseTo(together[row], within(1e-5f));
      }
    }
  }

  @Test
  void aWrongExportIsFound() {
    SequenceClassifier network = PacketFlows.classifier(FLOWS, CONVOLUTION, 3, 1);
    try (OnnxModel other = exported(PacketFlows.classifier(FLOWS, CONVOLUTION, 3, 2))) {
      assertThatThrownBy(() -> Parity.check(network, other, FLOWS))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("differs from libtorch");
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void equalSeedsAreEqualBytes(PacketEncoder.Settings encoder) {
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put("caracal.id", "x");
    assertThat(PacketFlows.classifier(FLOWS, encoder, 3, 1).export(metadata))
        .isEqualTo(PacketFlows.classifier(FLOWS, encoder, 3, 1).export(metadata));
  }

  @ParameterizedTest
  @MethodSource("causal")
  void aForecasterSeesNothingOfTheFuture(PacketEncoder.Settings settings) {
    PacketColumns packets = PacketFlows.packets(FLOWS);
    PacketEncoder encoder = settings.make(new Parameters(1), packets, true);
    int width = PacketFlows.LAYOUT.width();
    float[] row = Arrays.copyOfRange(FLOWS, 31 * width, 32 * width);
    float[] changed = row.clone();
    changed[20 * packets.channels().size()] += 500;
    float[] before = encoded(encoder, packets, row);
    float[] after = encoded(encoder, packets, changed);
    int known = 20 * encoder.width();
    assertThat(Arrays.copyOf(after, known)).isEqualTo(Arrays.copyOf(before, known));
    assertThat(Arrays.copyOfRange(after, known, known + encoder.width()))
        .isNotEqualTo(Arrays.copyOfRange(before, known, known + encoder.width()));
  }

  private static float[] encoded(PacketEncoder encoder, PacketColumns packets, float[] row) {
    try (PointerScope _ = new PointerScope()) {
      Tensor rows = Tensors.of(row, 1, row.length);
      return Tensors.values(encoder.encode(packets.values(rows), packets.mask(rows), false));
    }
  }

  @Test
  void convolutionsCannotForecast() {
    PacketColumns packets = PacketFlows.packets(FLOWS);
    assertThatThrownBy(() -> CONVOLUTION.make(new Parameters(1), packets, true))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("see what comes next");
  }
}
