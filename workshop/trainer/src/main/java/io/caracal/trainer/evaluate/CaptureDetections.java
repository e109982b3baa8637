package io.caracal.trainer.evaluate;

import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.truth.CaptureLabel;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the sensor's detectors detected in a capture that is labelled as a whole.
 *
 * @param label what the capture is
 * @param flows flows of the sensor
 * @param labelled of them those that the label holds for
 * @param detected by detector: flows with a record at or over the threshold in force
 * @param detectedLabelled by detector: of them those that the label holds for
 */
public record CaptureDetections(
    CaptureLabel label,
    int flows,
    int labelled,
    SortedMap<String, Integer> detected,
    SortedMap<String, Integer> detectedLabelled) {
  private static final String SCORE = "/score";
  private static final String PROBABILITY = "/probability";

  /**
   * Counts.
   *
   * @param label what the capture is
   * @param rows its scores
   */
  public static CaptureDetections of(CaptureLabel label, FlowRows rows) {
    Map<Long, Integer> flowOfId = new HashMap<>();
    BitSet labelled = new BitSet();
    int[] flows = new int[rows.count()];
    for (int row = 0; row < flows.length; row++) {
      flows[row] = flowOfId.computeIfAbsent(rows.flowId(row), id -> flowOfId.size());
      labelled.set(flows[row], label.holdsFor(rows.source(row), rows.destination(row)));
    }
    SortedMap<String, Integer> detected = new TreeMap<>();
    SortedMap<String, Integer> detectedLabelled = new TreeMap<>();
    List<String> columns = rows.header().columns();
    for (int c = 0; c < columns.size(); c++) {
      String column = columns.get(c);
      if (column.endsWith(SCORE) || column.endsWith(PROBABILITY)) {
        String detector = column.substring(0, column.indexOf('/'));
        double threshold = rows.header().thresholds().getOrDefault(detector, Double.NaN);
        BitSet hits = new BitSet();
        for (int row = 0; row < flows.length; row++) {
          if (rows.value(row, c) >= threshold) {
            hits.set(flows[row]);
          }
        }
        detected.put(detector, hits.cardinality());
        hits.and(labelled);
        detectedLabelled.put(detector, hits.cardinality());
      }
    }
    return new CaptureDetections(
        label, flowOfId.size(), labelled.cardinality(), detected, detectedLabelled);
  }

  /**
   * Whether a detector found what the capture is labelled for: a flow that the label holds for, or
   * any flow where that is not known.
   */
  boolean alerted(String detector) {
    return (label.scope() == CaptureLabel.Scope.CONTAINS ? detected : detectedLabelled)
            .getOrDefault(detector, 0)
        > 0;
  }
}
