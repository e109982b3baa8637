package io.caracal.api.alert;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.FlowIdentity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A flow that was judged an attack, by itself or by what it and others say of a host.
 *
 * @param flowId number of the flow within this run
 * @param identity who talked to whom
 * @param startNanos first packet
 * @param lastNanos last packet seen when judged
 * @param packets packets of both directions
 * @param bytes IP bytes of both directions
 * @param attackClass likeliest class
 * @param probability calibrated probability of an attack, 0 to 1
 * @param uncertainty disagreement of the detectors, 0 to 1
 * @param detectors what each detector said
 * @param host the host that this flow made a detection, or joined as one, where the flow alone is
 *     none
 */
public record Detection(
    long flowId,
    FlowIdentity identity,
    long startNanos,
    long lastNanos,
    long packets,
    long bytes,
    AttackClass attackClass,
    float probability,
    float uncertainty,
    List<DetectorScore> detectors,
    Optional<Suspicion> host) {
  /**
   * What one detector said of the flow; detectors that abstained are absent.
   *
   * @param id the detector
   * @param version version of its model
   * @param score its raw score
   * @param contribution log-odds that it adds to the ensemble's judgement, negative if it speaks
   *     against an attack; not a number where the ensemble cannot tell
   */
  public record DetectorScore(String id, String version, float score, float contribution) {}

  /**
   * The detector that most of the judgement comes from.
   *
   * @return the one with the largest contribution; empty if no contribution is known
   */
  public Optional<DetectorScore> decisive() {
    return detectors.stream()
        .filter(said -> !Float.isNaN(said.contribution()))
        .max(Comparator.comparingDouble(DetectorScore::contribution));
  }

  /** Copies the list. */
  public Detection {
    detectors = List.copyOf(detectors);
  }

  /** A flow that is a detection by itself. */
  public Detection(
      long flowId,
      FlowIdentity identity,
      long startNanos,
      long lastNanos,
      long packets,
      long bytes,
      AttackClass attackClass,
      float probability,
      float uncertainty,
      List<DetectorScore> detectors) {
    this(
        flowId,
        identity,
        startNanos,
        lastNanos,
        packets,
        bytes,
        attackClass,
        probability,
        uncertainty,
        detectors,
        Optional.empty());
  }
}
