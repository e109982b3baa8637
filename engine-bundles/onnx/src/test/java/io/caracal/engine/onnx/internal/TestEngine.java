package io.caracal.engine.onnx.internal;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.plugin.Settings;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.engine.extender.ModelException;
import io.caracal.testkit.TinyModelBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The engine, which starts once per class loader, and descriptors of tiny models. */
final class TestEngine {
  static final OnnxEngine ENGINE = start();

  private TestEngine() {}

  static ModelDescriptor unsupervised() throws ModelException {
    return ModelDescriptor.parse(
        TinyModelBundle.descriptor("distance", "1.0.0", new byte[0])
            .getBytes(StandardCharsets.UTF_8),
        "test");
  }

  static ModelDescriptor supervised(int minimumPackets) throws ModelException {
    ModelDescriptor base = unsupervised();
    return new ModelDescriptor(
        "logistic",
        base.version(),
        "logistic regression",
        DetectorKind.SUPERVISED,
        base.model(),
        base.sha256(),
        base.inputs(),
        new ModelDescriptor.Outputs("score", "classes"),
        List.of(new AttackClass("scan", "T1046"), new AttackClass("flood", "T1498")),
        minimumPackets,
        0.5,
        Map.of(),
        base.flows());
  }

  private static OnnxEngine start() {
    try {
      return OnnxEngine.start(
          new Natives(Path.of("target", "natives")),
          DeviceSetting.of(new Settings(key -> null)),
          new CallLimit(Duration.ofSeconds(1)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
