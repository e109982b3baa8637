package io.caracal.trainer.forest;

import io.caracal.trainer.Progress;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Grows random forests with Tribuo. */
public final class ForestTrainer {
  private final Settings settings;

  /**
   * Hyper-parameters. CART ignores the weights of examples: weight by sampling.
   *
   * @param trees trees
   * @param depth their greatest depth
   * @param leafExamples fewest examples on either side of a split
   * @param features share of the columns tried at each split
   */
  public record Settings(int trees, int depth, int leafExamples, double features) {}

  /** A trainer of forests of one kind. */
  public ForestTrainer(Settings settings) {
    this.settings = settings;
  }

  /**
   * Grows a forest.
   *
   * @param rows values of the columns, row-major
   * @param labels one per row
   * @param columns names of the columns
   * @param description of the data, for the model's provenance
   * @param seed of the bootstrap and the columns tried
   * @param progress told before and after
   * @return Tribuo protobuf, the same for the same arguments
   */
  public byte[] train(
      float[] rows,
      List<String> labels,
      List<String> columns,
      String description,
      long seed,
      Progress progress) {
    LabelFactory factory = new LabelFactory();
    OffsetDateTime fixed = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance(description, fixed, factory), factory);
    String[] names = columns.toArray(new String[0]);
    for (int i = 0; i < labels.size(); i++) {
      double[] values = new double[names.length];
      for (int c = 0; c < names.length; c++) {
        values[c] = rounded(rows[i * names.length + c]);
      }
      data.add(new ArrayExample<>(new Label(labels.get(i)), names, values));
    }
    CARTClassificationTrainer tree =
        new CARTClassificationTrainer(
            settings.depth(),
            settings.leafExamples(),
            0,
            (float) settings.features(),
            false,
            new GiniIndex(),
            seed);
    progress.line("  growing " + settings.trees() + " trees on " + labels.size() + " flow records");
    Model<Label> model =
        new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), settings.trees(), seed)
            .train(data);
    return ForestProto.shipped(model.serialize(), fixed).toByteArray();
  }

  /**
   * To five significant bits, so that columns have few distinct values: Tribuo's splits cost as
   * many. Its thresholds lie between two such values, just where raw values round one way or the
   * other, so that the forest means the same for raw rows.
   */
  static float rounded(float value) {
    int drop = 19;
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat((bits + (1 << (drop - 1))) & -(1 << drop));
  }
}
