package io.caracal.engine.tribuo.internal;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

/**
 * Turns decision trees and their weighted ensembles into a {@link FlatForest} that answers as
 * Tribuo's predict does. Tribuo takes a feature that a row lacks as 0, which never happens here: a
 * view's row has every column.
 */
final class ForestCompiler {
  private final List<String> labels;
  private final List<String> columnNames;
  private final FlatForest.Builder forest;

  /** A node to add, and the split that it is the other way of, if it is. */
  private record Pending(Node<Label> node, OptionalInt split) {}

  /** What a leaf says for a label. */
  private interface Vote {
    double of(LeafNode<Label> leaf, String label);
  }

  private ForestCompiler(List<String> labels, List<String> columnNames) {
    this.labels = labels;
    this.columnNames = columnNames;
    forest = new FlatForest.Builder(labels.size());
  }

  /**
   * Compiles a model.
   *
   * @param proto what the model was read from; it says how an ensemble combines its members
   * @return empty if this kind of model cannot be compiled exactly
   */
  static Optional<RowClassifier> compile(
      Model<Label> model, ModelProto proto, List<String> labels, List<String> columnNames)
      throws InvalidProtocolBufferException {
    ForestCompiler compiler = new ForestCompiler(labels, columnNames);
    if (model instanceof TreeModel<Label> tree) {
      compiler.add(tree, ForestCompiler::score);
      return Optional.of(compiler.forest.build(false));
    }
    if (model instanceof WeightedEnsembleModel<Label> ensemble
        && ensemble.getModels().stream().allMatch(TreeModel.class::isInstance)) {
      return compiler.ensemble(
          ensemble.getModels(), proto.getSerializedData().unpack(WeightedEnsembleModelProto.class));
    }
    return Optional.empty();
  }

  private Optional<RowClassifier> ensemble(
      List<Model<Label>> members, WeightedEnsembleModelProto proto) {
    String combiner = proto.getCombiner().getClassName();
    boolean wholeVotes = combiner.equals(VotingCombiner.class.getName());
    if (!wholeVotes && !combiner.equals(FullyWeightedVotingCombiner.class.getName())) {
      return Optional.empty();
    }
    for (int i = 0; i < members.size(); i++) {
      float weight = proto.getWeights(i);
      Vote vote =
          wholeVotes
              ? (leaf, label) -> leaf.getOutput().getLabel().equals(label) ? weight : 0
              : (leaf, label) -> weight * score(leaf, label);
      add((TreeModel<Label>) members.get(i), vote);
    }
    return Optional.of(forest.build(true));
  }

  private static double score(LeafNode<Label> leaf, String label) {
    Label scored = leaf.getDistribution().get(label);
    return scored == null ? 0 : scored.getScore();
  }

  private void add(TreeModel<Label> tree, Vote vote) {
    int[] columnOfFeature = columnsOf(tree.getFeatureIDMap());
    forest.root();
    Deque<Pending> pending = new ArrayDeque<>();
    pending.push(new Pending(tree.getRoot(), OptionalInt.empty()));
    while (!pending.isEmpty()) {
      Pending step = pending.pop();
      step.split().ifPresent(forest::otherwise);
      switch (step.node()) {
        case SplitNode<Label> split -> {
          int column = columnOfFeature[split.getFeatureID()];
          int at = forest.split(column, floor(split.splitValue()));
          pending.push(new Pending(split.getGreaterThan(), OptionalInt.of(at)));
          pending.push(new Pending(split.getLessThanOrEqual(), OptionalInt.empty()));
        }
        case LeafNode<Label> leaf ->
            forest.leaf(labels.stream().mapToDouble(label -> vote.of(leaf, label)).toArray());
        default -> throw new IllegalArgumentException("a tree node of " + step.node().getClass());
      }
    }
  }

  private int[] columnsOf(ImmutableFeatureMap features) {
    int[] columnOfFeature = new int[features.size()];
    for (int feature = 0; feature < columnOfFeature.length; feature++) {
      columnOfFeature[feature] = columnNames.indexOf(features.get(feature).getName());
    }
    return columnOfFeature;
  }

  /** The largest float that is at most the value: a float is above both or above neither. */
  private static float floor(double value) {
    float nearest = (float) value;
    return nearest > value ? Math.nextDown(nearest) : nearest;
  }
}
