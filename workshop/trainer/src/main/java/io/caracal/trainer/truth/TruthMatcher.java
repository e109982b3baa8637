package io.caracal.trainer.truth;

import io.caracal.trainer.rows.FlowRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Matches the sensor's flows to truth flows by unordered 5-tuple and overlapping time. A flow takes
 * the truth flow of largest overlap, the earlier of equals; all records of a flow share it. A flow
 * that overlaps benign truth and an attack belongs to neither: tools that tell flows apart by more
 * than the 5-tuple, such as DHCP's hardware address, see several where the sensor sees one.
 */
public final class TruthMatcher {
  /** Rounding of time stamps, and room for flows of a single packet. */
  private static final long SLACK_NANOS = 5_000_000;

  private TruthMatcher() {}

  private record Span(FlowKey key, long start, long end) {}

  /**
   * Matches.
   *
   * @param rows the sensor's records
   * @param truth the truth of the same capture
   * @return which belongs to which
   */
  public static Matching match(FlowRows rows, Truth truth) {
    Map<FlowKey, int[]> byKey = index(truth.flows());
    Map<Long, Span> flows = flows(rows);
    BitSet matched = new BitSet();
    BitSet touched = new BitSet();
    Map<Long, Integer> truthOfFlow = new HashMap<>();
    flows.forEach(
        (id, span) ->
            truthOfFlow.put(
                id,
                best(span, byKey.getOrDefault(span.key(), new int[0]), truth, matched, touched)));
    int[] truthOfRow = new int[rows.count()];
    Arrays.setAll(truthOfRow, row -> truthOfFlow.get(rows.flowId(row)));
    int unmatchedFlows = Collections.frequency(truthOfFlow.values(), Matching.NONE);
    int mixedFlows = Collections.frequency(truthOfFlow.values(), Matching.MIXED);
    return new Matching(
        truthOfRow,
        new Matching.Counts(
            flows.size(),
            unmatchedFlows,
            mixedFlows,
            truth.flows().size(),
            matched.cardinality(),
            touched.cardinality() - matched.cardinality(),
            truth.flows().size() - touched.cardinality()));
  }

  private static Map<FlowKey, int[]> index(List<TruthFlow> flows) {
    Map<FlowKey, List<Integer>> lists = new HashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      lists.computeIfAbsent(flows.get(i).key(), key -> new ArrayList<>()).add(i);
    }
    Map<FlowKey, int[]> index = new HashMap<>();
    lists.forEach(
        (key, list) -> {
          list.sort(Comparator.comparingLong(i -> flows.get(i).startNanos()));
          index.put(key, list.stream().mapToInt(Integer::intValue).toArray());
        });
    return index;
  }

  private static Map<Long, Span> flows(FlowRows rows) {
    Map<Long, Span> flows = new HashMap<>();
    for (int row = 0; row < rows.count(); row++) {
      Span span = new Span(rows.key(row), rows.startNanos(row), rows.lastNanos(row));
      flows.merge(
          rows.flowId(row),
          span,
          (a, b) -> new Span(a.key(), Math.min(a.start(), b.start()), Math.max(a.end(), b.end())));
    }
    return flows;
  }

  private static int best(
      Span span, int[] candidates, Truth truth, BitSet matched, BitSet touched) {
    int best = Matching.NONE;
    long most = 0;
    boolean benign = false;
    boolean attack = false;
    for (int index : candidates) {
      TruthFlow flow = truth.flows().get(index);
      long overlap =
          Math.min(span.end(), flow.endNanos())
              - Math.max(span.start(), flow.startNanos())
              + SLACK_NANOS;
      if (overlap > 0) {
        touched.set(index);
        benign |= flow.benign();
        attack |= !flow.benign() && !flow.leftOut();
        if (overlap > most) {
          most = overlap;
          best = index;
        }
      }
    }
    if (benign && attack) {
      return Matching.MIXED;
    }
    if (best != Matching.NONE) {
      matched.set(best);
    }
    return best;
  }
}
