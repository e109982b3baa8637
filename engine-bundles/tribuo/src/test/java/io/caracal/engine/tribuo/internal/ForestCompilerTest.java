package io.caracal.engine.tribuo.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.AdaBoostTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.protos.core.ModelProto;

/** The compiled forest answers as Tribuo's own predict. */
class ForestCompilerTest {
  private static final int ROWS = 400;

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of("one tree", TestModels.train(new CARTClassificationTrainer(6))),
        Arguments.of("voting forest", TestModels.votingForest()),
        Arguments.of("averaging forest", TestModels.averagingForest()),
        Arguments.of(
            "weighted votes",
            TestModels.train(new AdaBoostTrainer(new CARTClassificationTrainer(2), 7))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void agreesWithTribuo(String name, Model<Label> model) throws Exception {
    double[] compiled = compile(model).orElseThrow().probabilities(rows(), ROWS, TestModels.WIDTH);
    double[] library =
        new LibraryClassifier(model, TestModels.LABELS, TestModels.COLUMNS)
            .probabilities(rows(), ROWS, TestModels.WIDTH);
    assertThat(compiled).containsExactly(library, Offset.offset(1e-6));
    assertThat(library)
        .as("answers that differ from each other")
        .satisfies(ForestCompilerTest::vary);
  }

  @Test
  void columnsThatTheModelDoesNotKnowAreSteppedOver() throws Exception {
    Model<Label> model = TestModels.averagingForest();
    List<String> wider = Stream.concat(Stream.of("unknown"), TestModels.COLUMNS.stream()).toList();
    float[] rows = rows();
    float[] widerRows = new float[ROWS * wider.size()];
    for (int row = 0; row < ROWS; row++) {
      widerRows[row * wider.size()] = 1e9f;
      System.arraycopy(
          rows, row * TestModels.WIDTH, widerRows, row * wider.size() + 1, TestModels.WIDTH);
    }
    double[] expected = compile(model).orElseThrow().probabilities(rows, ROWS, TestModels.WIDTH);
    RowClassifier compiled =
        ForestCompiler.compile(model, proto(model), TestModels.LABELS, wider).orElseThrow();
    assertThat(compiled.probabilities(widerRows, ROWS, wider.size())).containsExactly(expected);
    assertThat(
            new LibraryClassifier(model, TestModels.LABELS, wider)
                .probabilities(widerRows, ROWS, wider.size()))
        .containsExactly(expected, Offset.offset(1e-6));
  }

  @Test
  void otherModelsAreLeftToTribuo() throws Exception {
    assertThat(compile(TestModels.train(new LogisticRegressionTrainer()))).isEmpty();
  }

  private static void vary(double[] probabilities) {
    assertThat(Arrays.stream(probabilities).distinct().count()).isGreaterThan(2);
  }

  private static float[] rows() {
    Random random = new Random(11);
    float[] rows = new float[ROWS * TestModels.WIDTH];
    for (int row = 0; row < ROWS; row++) {
      String label = TestModels.LABELS.get(row % 3);
      float[] values = TestModels.row(label, TestModels.WIDTH, random);
      System.arraycopy(values, 0, rows, row * TestModels.WIDTH, values.length);
    }
    return rows;
  }

  private static Optional<RowClassifier> compile(Model<Label> model) throws Exception {
    return ForestCompiler.compile(model, proto(model), TestModels.LABELS, TestModels.COLUMNS);
  }

  private static ModelProto proto(Model<Label> model) throws Exception {
    return ModelProto.parseFrom(new ByteArrayInputStream(TestModels.bytes(model)));
  }
}
