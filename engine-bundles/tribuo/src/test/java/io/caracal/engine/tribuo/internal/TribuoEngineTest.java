package io.caracal.engine.tribuo.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.Scores;
import io.caracal.api.flow.View;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.engine.extender.ModelException;
import io.caracal.testkit.FlowRow;
import io.caracal.testkit.RowView;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;

/** Models that must not run, and the sentence that says why. */
class TribuoEngineTest {
  private static final ModelDescriptor DESCRIPTOR = TestModels.descriptor(TestModels.COLUMNS, 1);
  private final TribuoEngine engine = new TribuoEngine();

  @Test
  void modelsThatAreNoForestRunByTribuo() throws Exception {
    List<View> views =
        List.of(
            RowView.of("near", TestModels.NEAR),
            RowView.of("far", TestModels.WIDTH - TestModels.NEAR));
    try (LoadedModel model =
        engine.load(
            DESCRIPTOR, TestModels.bytes(TestModels.train(new LogisticRegressionTrainer())))) {
      Scores scores = new Scores(1);
      scores.reset(1);
      model.score(FlowRow.batch(views, List.of(FlowRow.filled(views, 5, 1))), scores);
      assertThat(scores.abstained(0)).isFalse();
      assertThat(scores.score(0)).isBetween(0f, 1f);
    }
  }

  @Test
  void bytesThatAreNoModel() {
    refused("no model".getBytes(StandardCharsets.UTF_8))
        .hasMessageStartingWith("caracal/model.tribuo is no Tribuo protobuf model");
    refused(new byte[0]).hasMessageContaining("is no Tribuo protobuf model");
  }

  @Test
  void aModelCutOffAnywhere() throws Exception {
    byte[] bytes = TestModels.bytes(TestModels.train(new CARTClassificationTrainer(2)));
    for (int length = 1; length < bytes.length; length += 97) {
      refused(Arrays.copyOf(bytes, length)).hasMessageStartingWith("caracal/model.tribuo");
    }
  }

  @Test
  void javaSerialization() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(TestModels.train(new CARTClassificationTrainer(2)));
    }
    refused(out.toByteArray()).hasMessageContaining("is no Tribuo protobuf model");
  }

  @Test
  void otherLabelsThanTheDescriptors() throws Exception {
    byte[] model = TestModels.bytes(TestModels.votingForest());
    ModelDescriptor fewer =
        new ModelDescriptor(
            DESCRIPTOR.id(),
            DESCRIPTOR.version(),
            DESCRIPTOR.family(),
            DESCRIPTOR.kind(),
            DESCRIPTOR.model(),
            DESCRIPTOR.sha256(),
            DESCRIPTOR.inputs(),
            DESCRIPTOR.outputs(),
            DESCRIPTOR.classes().subList(0, 1),
            1,
            0.5,
            DESCRIPTOR.typical(),
            DESCRIPTOR.flows());
    assertThatThrownBy(() -> engine.load(fewer, model).close())
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "the model's labels are [benign, flood, scan] but caracal/model.json names, with"
                + " benign, [benign, scan]");
  }

  @Test
  void featuresThatTheViewDoesNotHave() throws Exception {
    byte[] model = TestModels.bytes(TestModels.votingForest());
    ModelDescriptor narrower = TestModels.descriptor(TestModels.COLUMNS.subList(0, 5), 1);
    assertThatThrownBy(() -> engine.load(narrower, model).close())
        .isInstanceOf(ModelException.class)
        .hasMessage("the model uses the feature 'c5', which is no column of [near, far]");
  }

  @Test
  void aColumnThatTwoViewsHave() throws Exception {
    byte[] model = TestModels.bytes(TestModels.votingForest());
    ModelDescriptor twice = TestModels.descriptor(List.of("c0", "c1", "c2", "c1", "c4", "c5"), 1);
    assertThatThrownBy(() -> engine.load(twice, model).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[near, far] have the column 'c1' twice");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] model) {
    return assertThatThrownBy(() -> engine.load(DESCRIPTOR, model).close())
        .isInstanceOf(ModelException.class);
  }
}
