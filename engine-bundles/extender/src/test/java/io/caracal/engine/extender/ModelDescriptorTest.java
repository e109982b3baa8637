package io.caracal.engine.extender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorKind;
import io.caracal.testkit.TinyModelBundle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDescriptorTest {
  private static final String GOOD = TinyModelBundle.descriptor("tiny", "1.2.0", new byte[] {1});

  @Test
  void readsEveryKey() throws Exception {
    ModelDescriptor descriptor = parse(GOOD);
    assertThat(descriptor.id()).isEqualTo("tiny");
    assertThat(descriptor.version()).isEqualTo("1.2.0");
    assertThat(descriptor.kind()).isEqualTo(DetectorKind.UNSUPERVISED);
    assertThat(descriptor.sha256()).isEqualTo(TinyModelBundle.sha256(new byte[] {1}));
    assertThat(descriptor.inputs())
        .containsExactly(
            new ModelDescriptor.Input(
                "input", "tiny", "1.0", List.of(3), List.of("c0", "c1", "c2")));
    assertThat(descriptor.outputs()).isEqualTo(new ModelDescriptor.Outputs("score", ""));
    assertThat(descriptor.minimumPackets()).isEqualTo(2);
    assertThat(descriptor.threshold()).isEqualTo(4.5);
    assertThat(descriptor.typical().get("tiny")).containsExactly(1, 2, 3);
    assertThat(descriptor.flows().idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(descriptor.flows().checkpointPackets()).containsExactly(8, 32);
  }

  @Test
  void readsTheClassesOfASupervisedModel() throws Exception {
    ModelDescriptor descriptor =
        parse(
            GOOD.replace("unsupervised", "supervised")
                .replace("\"score\": \"score\"", "\"score\": \"s\", \"classes\": \"c\"")
                .replace(
                    "\"minimumPackets\"",
                    "\"classes\": [{\"name\": \"scan\", \"technique\": \"T1046\"},"
                        + "{\"name\": \"odd\", \"technique\": \"\"}], \"minimumPackets\""));
    assertThat(descriptor.classes())
        .containsExactly(new AttackClass("scan", "T1046"), new AttackClass("odd", ""));
    assertThat(descriptor.describe("onnx", "cpu").views()).containsExactly("tiny");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "format": 1,             | ''                          | lacks the key 'format'
          "format": 1              | "format": 2                 | 'format' must be 1
          "id": "tiny"             | "id": "Tiny One"            | 'id' must be lower-case
          "version": "1.2.0"       | "version": "one"            | 'version' must be a version
          "unsupervised"           | "guessed"                   | 'kind' must be supervised or
          "unsupervised"           | "supervised"                | lacks the key 'outputs.classes'
          "model.onnx"             | "../model.onnx"             | 'model' must be the name of a file
          "sha256": "              | "sha256": "zz               | 'sha256' must be 64 hexadecimal
          "view": "tiny",          | ''                          | lacks the key 'inputs[0].view'
          "version": "1.0"         | "version": "1"              | 'inputs[0].version' must be MAJOR.MINOR
          "shape": [3]             | "shape": [2, 2]             | 'inputs[0].columns' must list 4 names
          "shape": [3]             | "shape": [0]                | 'inputs[0].shape[0]' must be a whole
          "c2"                     | 2                           | 'inputs[0].columns[2]' must be a text
          "minimumPackets": 2      | "minimumPackets": 2.5       | 'minimumPackets' must be a whole number
          "threshold": 4.5         | "threshold": "high"         | 'threshold' must be a number
          "threshold": 4.5         | "threshold": null           | lacks the key 'threshold'
          "threshold": 4.5         | "threshold": 1, "threshold": 2 | is not valid JSON
          "threshold": 4.5         | "threshold": 4.5, "extra": 1 | has the unknown key 'extra'
          {"tiny": [1, 2, 3]}      | {"tiny": [1, 2]}            | 'typical.tiny' must hold one number
          {"tiny": [1, 2, 3]}      | {"other": [1, 2, 3]}        | 'typical.other' must hold one number
          "idleTimeout": 120       | "idleTimeout": 0            | 'flows.idleTimeout' must be more than 0
          "idleTimeout": 120       | "idle": 120                 | lacks the key 'flows.idleTimeout'
          "training": {},          | ''                          | lacks the key 'training'
          """)
  void refusesWhatIsMissingOrWrong(String text, String instead, String reason) {
    assertThat(GOOD).contains(text);
    assertThatThrownBy(() -> parse(GOOD.replace(text, instead)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("caracal/model.json of bundle test.bundle 1.2.0")
        .hasMessageContaining(reason);
  }

  private static ModelDescriptor parse(String json) throws ModelException {
    return ModelDescriptor.parse(json.getBytes(StandardCharsets.UTF_8), "test.bundle 1.2.0");
  }
}
