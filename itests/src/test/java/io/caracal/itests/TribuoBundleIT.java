package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.plugin.PluginState;
import io.caracal.testkit.ModelBundleJar;
import io.caracal.testkit.TinyModelBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A random forest in a data-only bundle scores inside Felix. */
class TribuoBundleIT {
  private static final String[] COLUMNS = {"c0", "c1", "c2"};

  @TempDir private Path folder;

  @Test
  void aForestBecomesADetector() throws Exception {
    byte[] model = forest();
    ModelBundleJar bundle =
        ModelBundleJar.of("test.model.forest", "1.0.0", "tribuo", "tiny", 1)
            .with("model.json", descriptor(model))
            .with("model.tribuo", model)
            .with("golden.json", golden());
    try (EngineContainer container = new EngineContainer(folder)) {
      container.offer(TinyModelBundle.VIEW);
      container.deploy(bundle);
      assertThat(container.status("forest", "1.0.0").reason()).isEmpty();
      assertThat(container.status("forest", "1.0.0").state()).isEqualTo(PluginState.ACTIVE);
      Detector detector = container.detector("forest", "1.0.0").orElseThrow();
      assertThat(EngineContainer.score(detector, 9, -9, 5)).isEqualTo(1);
      assertThat(EngineContainer.score(detector, 0, 0, 0)).isZero();
    }
  }

  private static byte[] forest() throws IOException {
    LabelFactory labels = new LabelFactory();
    List<Example<Label>> examples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double[] values = {i % 2 == 0 ? 0 : 9, i % 2 == 0 ? 0 : -9, i % 2 == 0 ? 0.5 : 5};
      examples.add(new ArrayExample<>(new Label(i % 2 == 0 ? "benign" : "scan"), COLUMNS, values));
    }
    MutableDataset<Label> data =
        new MutableDataset<>(
            new ListDataSource<>(examples, labels, new SimpleDataSourceProvenance("test", labels)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RandomForestTrainer<>(new CARTClassificationTrainer(4, 0.7f, 1L), new VotingCombiner(), 5)
        .train(data)
        .serializeToStream(out);
    return out.toByteArray();
  }

  private static String descriptor(byte[] model) {
    return TinyModelBundle.descriptor("forest", "1.0.0", model)
        .replace("unsupervised", "supervised")
        .replace("model.onnx", "model.tribuo")
        .replace(
            "\"outputs\": {\"score\": \"score\"}",
            "\"classes\": [{\"name\": \"scan\", \"technique\": \"T1046\"}]");
  }

  private static String golden() {
    return IntStream.range(0, 8)
        .mapToObj(
            row ->
                row % 2 == 0
                    ? "{\"inputs\": {\"tiny\": [0, 0, 0.5]}, \"packets\": 4, \"score\": 0}"
                    : "{\"inputs\": {\"tiny\": [9, -9, 5]}, \"packets\": 4, \"score\": 1,"
                        + " \"class\": \"scan\"}")
        .collect(Collectors.joining(",", "{\"tolerance\": 1e-6, \"rows\": [", "]}"));
  }
}
