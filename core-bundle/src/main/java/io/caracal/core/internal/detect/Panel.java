package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The detectors that are asked and the ensemble that judges what they say.
 *
 * @param slots in the order of ids
 * @param late ids of those that see only flows which the others did not settle; empty if those are
 *     the ones that read sequences
 * @param sequencesLate whether detectors that read sequences are late
 */
public record Panel(
    List<Slot> slots, Set<String> late, boolean sequencesLate, Optional<Ensemble> ensemble) {
  /** Copies the collections. */
  public Panel {
    slots = List.copyOf(slots);
    late = Set.copyOf(late);
  }

  /** The detectors that are asked now. */
  public List<Detector> detectors() {
    return slots.stream().flatMap(slot -> slot.detector().stream()).toList();
  }

  /**
   * Whether a detector sees only flows that the others did not settle.
   *
   * @param batch carries the detector's views
   */
  boolean late(Slot slot, FlowBatch batch) {
    return late.contains(slot.id)
        || (sequencesLate
            && slot.detector().filter(detector -> readsSequences(detector, batch)).isPresent());
  }

  /** A row of a sequence has more than one dimension. */
  private static boolean readsSequences(Detector detector, FlowBatch batch) {
    List<String> wanted = detector.description().views();
    for (View view : batch.views()) {
      if (view.description().shape().size() > 1 && wanted.contains(view.description().name())) {
        return true;
      }
    }
    return false;
  }
}
