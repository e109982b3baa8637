package io.caracal.api.flow;

import java.util.Map;

/**
 * Counts of one flow table. Every packet is in a flow or {@linkplain #unsampledPackets not
 * sampled}.
 *
 * @param active flows held now
 * @param created flows started
 * @param ended flows written out, by reason; checkpoints too
 * @param emergencies how often the table was so full that {@link FlowSettings.Emergency} began
 * @param emergency whether it is now
 * @param unsampledPackets packets of new flows that were not kept during an emergency
 * @param unsampledBytes IP bytes of those
 */
public record FlowCounters(
    long active,
    long created,
    Map<EndReason, Long> ended,
    long emergencies,
    boolean emergency,
    long unsampledPackets,
    long unsampledBytes) {
  /** Copies the map. */
  public FlowCounters {
    ended = Map.copyOf(ended);
  }

  /**
   * Counts of a table that was never nearly full.
   *
   * @param active flows held now
   * @param created flows started
   * @param ended flows written out, by reason
   */
  public FlowCounters(long active, long created, Map<EndReason, Long> ended) {
    this(active, created, ended, 0, false, 0, 0);
  }
}
