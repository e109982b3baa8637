package io.caracal.engine.tribuo.internal;

import java.util.Arrays;

/**
 * Decision trees as arrays. Nodes stand in preorder, so that the child for small values follows its
 * parent; a leaf is a node whose column is {@link #LEAF}. Trees take turns over all rows of a
 * batch: a tree then stays in the cache.
 */
final class FlatForest implements RowClassifier {
  private static final int LEAF = -1;

  private final int[] roots;
  private final int[] columns;
  private final float[] thresholds;
  // The other child of a split; where a leaf's votes begin in votes.
  private final int[] next;
  private final double[] votes;
  private final int labels;
  private final boolean normalised;

  private FlatForest(Builder builder, boolean normalised) {
    roots = Arrays.copyOf(builder.roots, builder.trees);
    columns = Arrays.copyOf(builder.columns, builder.nodes);
    thresholds = Arrays.copyOf(builder.thresholds, builder.nodes);
    next = Arrays.copyOf(builder.next, builder.nodes);
    votes = Arrays.copyOf(builder.votes, builder.voteCount);
    labels = builder.labels;
    this.normalised = normalised;
  }

  @Override
  public double[] probabilities(float[] rows, int count, int width) {
    double[] sums = new double[count * labels];
    for (int root : roots) {
      for (int row = 0; row < count; row++) {
        int vote = leaf(root, rows, row * width);
        for (int label = 0; label < labels; label++) {
          sums[row * labels + label] += votes[vote + label];
        }
      }
    }
    if (normalised) {
      for (int row = 0; row < count; row++) {
        normalise(sums, row * labels);
      }
    }
    return sums;
  }

  private int leaf(int root, float[] rows, int offset) {
    int node = root;
    int column;
    while ((column = columns[node]) != LEAF) {
      node = rows[offset + column] > thresholds[node] ? next[node] : node + 1;
    }
    return next[node];
  }

  private void normalise(double[] sums, int from) {
    double sum = 0;
    for (int label = 0; label < labels; label++) {
      sum += sums[from + label];
    }
    for (int label = 0; label < labels; label++) {
      sums[from + label] /= sum;
    }
  }

  /** Takes the nodes of one tree after the other, each tree in preorder, small values first. */
  static final class Builder {
    private final int labels;
    private int[] roots = new int[128];
    private int[] columns = new int[1024];
    private float[] thresholds = new float[1024];
    private int[] next = new int[1024];
    private double[] votes = new double[1024];
    private int trees;
    private int nodes;
    private int voteCount;

    Builder(int labels) {
      this.labels = labels;
    }

    /** The next node is the root of a tree. */
    void root() {
      if (trees == roots.length) {
        roots = Arrays.copyOf(roots, trees * 2);
      }
      roots[trees++] = nodes;
    }

    /** A split: rows whose column is at most the threshold go on to the node that follows. */
    int split(int column, float threshold) {
      int at = grow();
      columns[at] = column;
      thresholds[at] = threshold;
      return at;
    }

    /** The next node is where the others of a split go. */
    void otherwise(int split) {
      next[split] = nodes;
    }

    /** A leaf with one vote per label. */
    void leaf(double[] leafVotes) {
      int at = grow();
      columns[at] = LEAF;
      next[at] = voteCount;
      if (voteCount + labels > votes.length) {
        votes = Arrays.copyOf(votes, 2 * votes.length + labels);
      }
      System.arraycopy(leafVotes, 0, votes, voteCount, labels);
      voteCount += labels;
    }

    /** The forest; {@code normalised} divides the summed votes of a row by their sum. */
    FlatForest build(boolean normalised) {
      return new FlatForest(this, normalised);
    }

    private int grow() {
      if (nodes == columns.length) {
        columns = Arrays.copyOf(columns, nodes * 2);
        thresholds = Arrays.copyOf(thresholds, nodes * 2);
        next = Arrays.copyOf(next, nodes * 2);
      }
      return nodes++;
    }
  }
}
