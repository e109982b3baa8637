package io.caracal.trainer.truth;

import java.util.stream.IntStream;

/** Which truth flow each flow record belongs to. */
public final class Matching {
  /** No truth flow. */
  public static final int NONE = -1;

  /** Several truth flows, benign ones and attacks, that the sensor keeps as one flow. */
  public static final int MIXED = -2;

  private final int[] truthOfRow;
  private final Counts counts;

  /**
   * How well two views of one capture agree.
   *
   * @param flows flows of the sensor, each with one or more records
   * @param unmatchedFlows of them without a truth flow
   * @param mixedFlows of them with benign and attack truth flows in one
   * @param truth truth flows
   * @param matchedTruth of them those that at least one flow belongs to
   * @param mergedTruth those that share their flow with a longer one or a mixed one: the sensor
   *     made one flow of several
   * @param unmatchedTruth those without any flow of the sensor
   */
  public record Counts(
      int flows,
      int unmatchedFlows,
      int mixedFlows,
      int truth,
      int matchedTruth,
      int mergedTruth,
      int unmatchedTruth) {}

  Matching(int[] truthOfRow, Counts counts) {
    this.truthOfRow = truthOfRow.clone();
    this.counts = counts;
  }

  /** Every record has its own truth flow, in the same order. */
  public static Matching oneToOne(int count) {
    return new Matching(
        IntStream.range(0, count).toArray(), new Counts(count, 0, 0, count, count, 0, 0));
  }

  /** Index of a record's truth flow, or {@link #NONE} or {@link #MIXED}. */
  public int truthOf(int row) {
    return truthOfRow[row];
  }

  /** How many match. */
  public Counts counts() {
    return counts;
  }
}
