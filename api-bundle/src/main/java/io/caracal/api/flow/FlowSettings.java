package io.caracal.api.flow;

import java.time.Duration;
import java.util.List;

/**
 * How packets become flows. A model records these, since the features depend on them.
 *
 * @param idleTimeout a flow ends after this much silence
 * @param activeTimeout a flow is written out and restarted after this long
 * @param activityTimeout a pause longer than this separates active periods
 * @param checkpointPackets packet counts at which a live flow is judged
 * @param checkpointInterval after the last of those, a live flow with new packets is judged this
 *     often
 * @param maxFlows most flows held at once; beyond, the least recently active one is evicted
 */
public record FlowSettings(
    Duration idleTimeout,
    Duration activeTimeout,
    Duration activityTimeout,
    List<Integer> checkpointPackets,
    Duration checkpointInterval,
    int maxFlows) {

  /**
   * 120 s idle, 1800 s active, 5 s activity, checkpoints at 8 and 32 packets and every 30 s, a
   * million flows.
   */
  public static final FlowSettings DEFAULT =
      new FlowSettings(
          Duration.ofSeconds(120),
          Duration.ofSeconds(1800),
          Duration.ofSeconds(5),
          List.of(8, 32),
          Duration.ofSeconds(30),
          1_000_000);

  /** Copies the list. */
  public FlowSettings {
    checkpointPackets = List.copyOf(checkpointPackets);
  }
}
