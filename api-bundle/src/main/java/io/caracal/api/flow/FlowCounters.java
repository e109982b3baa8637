package io.caracal.api.flow;

import java.util.Map;

/**
 * Counts of one flow table.
 *
 * @param active flows held now
 * @param created flows started
 * @param ended flows written out, by reason; checkpoints too
 */
public record FlowCounters(long active, long created, Map<EndReason, Long> ended) {
  /** Copies the map. */
  public FlowCounters {
    ended = Map.copyOf(ended);
  }
}
