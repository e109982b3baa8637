package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a quantity is distributed: shares of the bins between edges, the last of which has no end.
 *
 * @param edges ascending; a value belongs to the bin above the last edge that it exceeds
 * @param shares one more than edges, summing to 1
 */
public record Histogram(List<Double> edges, List<Double> shares) {
  private static final int BINS = 10;

  /** Stands for a share of nothing, which has no logarithm. */
  private static final double LEAST = 1e-3;

  /** Copies the lists. */
  public Histogram {
    edges = List.copyOf(edges);
    shares = List.copyOf(shares);
  }

  /** As {@code site.json} holds it. */
  public static Histogram of(JsonNode node) {
    List<Double> edges = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    node.path("edges").forEach(edge -> edges.add(edge.asDouble()));
    node.path("shares").forEach(share -> shares.add(share.asDouble()));
    return new Histogram(edges, shares);
  }

  /** The shares that the bins of another one have here, where values are even within a bin. */
  List<Double> within(Histogram other) {
    List<Double> within = new ArrayList<>();
    double below = 0;
    for (double edge : other.edges) {
      double reached = Math.max(below, below(edge));
      within.add(reached - below);
      below = reached;
    }
    within.add(1 - below);
    return within;
  }

  private double below(double value) {
    double sum = 0;
    for (int bin = 0; bin < edges.size() && edges.get(bin) <= value; bin++) {
      sum += shares.get(bin);
    }
    int bin = bin(edges, Math.nextUp(value));
    if (bin > 0 && bin < edges.size()) {
      double low = edges.get(bin - 1);
      sum += shares.get(bin) * (value - low) / (edges.get(bin) - low);
    }
    return Math.min(1, sum);
  }

  /** Deciles of values, as far as they differ. */
  static Histogram deciles(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Double> edges = new ArrayList<>();
    for (int i = 1; i < BINS; i++) {
      double edge = sorted[(int) ((long) i * sorted.length / BINS)];
      if (edges.isEmpty() || edge > edges.getLast()) {
        edges.add(edge);
      }
    }
    return new Histogram(edges, shares(edges, values));
  }

  /** Shares of values between edges. */
  static List<Double> shares(List<Double> edges, float[] values) {
    double[] counts = new double[edges.size() + 1];
    for (float value : values) {
      counts[bin(edges, value)]++;
    }
    return Arrays.stream(counts).map(c -> c / Math.max(1, values.length)).boxed().toList();
  }

  private static int bin(List<Double> edges, double value) {
    int bin = 0;
    while (bin < edges.size() && value > edges.get(bin)) {
      bin++;
    }
    return bin;
  }

  /** The bin of a value, 0 to {@code edges.size()}. */
  public int bin(double value) {
    return bin(edges, value);
  }

  /**
   * The population stability index of other shares of the same bins (Siddiqi 2006): below 0.1
   * nothing has changed, above 0.25 much has.
   */
  public double psi(List<Double> others) {
    double sum = 0;
    for (int i = 0; i < shares.size(); i++) {
      double expected = Math.max(LEAST, shares.get(i));
      double actual = Math.max(LEAST, others.get(i));
      sum += (actual - expected) * Math.log(actual / expected);
    }
    return sum;
  }
}
