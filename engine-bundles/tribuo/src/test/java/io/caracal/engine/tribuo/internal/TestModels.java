package io.caracal.engine.tribuo.internal;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.flow.FlowSettings;
import io.caracal.engine.extender.ModelDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Models trained on seeded rows: benign around 0, two attacks off it in different columns. */
final class TestModels {
  static final int WIDTH = 6;

  /** Columns of the first of the two views; the rest are the second's. */
  static final int NEAR = 2;

  static final List<String> COLUMNS = IntStream.range(0, WIDTH).mapToObj(i -> "c" + i).toList();
  static final List<String> LABELS = List.of("benign", "scan", "flood");

  private TestModels() {}

  static Model<Label> train(Trainer<Label> trainer) {
    return trainer.train(data(COLUMNS, 600));
  }

  static Model<Label> votingForest() {
    return train(
        new RandomForestTrainer<>(
            new CARTClassificationTrainer(8, 0.5f, 1L), new VotingCombiner(), 15));
  }

  static Model<Label> averagingForest() {
    return train(
        new RandomForestTrainer<>(
            new CARTClassificationTrainer(8, 0.5f, 1L), new FullyWeightedVotingCombiner(), 15));
  }

  static Dataset<Label> data(List<String> columns, int rows) {
    LabelFactory labels = new LabelFactory();
    Random random = new Random(7);
    List<Example<Label>> examples = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      String label = LABELS.get(random.nextInt(LABELS.size()));
      float[] row = row(label, columns.size(), random);
      double[] values = IntStream.range(0, row.length).mapToDouble(c -> row[c]).toArray();
      examples.add(new ArrayExample<>(new Label(label), columns.toArray(String[]::new), values));
    }
    return new MutableDataset<>(
        new ListDataSource<>(examples, labels, new SimpleDataSourceProvenance("test", labels)));
  }

  /** A float32 row, as views write them; some columns are whole numbers, so that ties happen. */
  static float[] row(String label, int width, Random random) {
    float[] row = new float[width];
    for (int column = 0; column < width; column++) {
      double value = 2 * random.nextGaussian();
      row[column] = (float) (column % 2 == 0 ? Math.rint(value) : value);
    }
    row[0] += label.equals("scan") ? 3 : 0;
    row[1] -= label.equals("flood") ? 3 : 0;
    return row;
  }

  static byte[] bytes(Model<Label> model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.serializeToStream(out);
    return out.toByteArray();
  }

  private static ModelDescriptor.Input input(String view, List<String> columns) {
    return new ModelDescriptor.Input(view, view, "1.0", List.of(columns.size()), columns);
  }

  static ModelDescriptor descriptor(List<String> columns, int minimumPackets) {
    return new ModelDescriptor(
        "forest",
        "1.0.0",
        "random forest",
        DetectorKind.SUPERVISED,
        "model.tribuo",
        "0".repeat(64),
        List.of(
            input("near", columns.subList(0, NEAR)),
            input("far", columns.subList(NEAR, columns.size()))),
        ModelDescriptor.Outputs.NONE,
        List.of(new AttackClass("scan", "T1046"), new AttackClass("flood", "T1498")),
        minimumPackets,
        0.5,
        Map.of(),
        FlowSettings.DEFAULT);
  }
}
