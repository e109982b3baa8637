package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.util.List;
import java.util.Optional;

/**
 * The detectors that are asked and the ensemble that judges what they say.
 *
 * @param slots in the order of ids
 * @param late which of them see only flows that those before them left open
 */
public record Panel(List<Slot> slots, Late late, Optional<Ensemble> ensemble) {
  /** Copies the list. */
  public Panel {
    slots = List.copyOf(slots);
  }

  /** When a detector is asked. */
  enum Stage {
    /** Of every flow. */
    FIRST,
    /** Of flows that are open after the first, together with the others of this stage. */
    SECOND,
    /** Of flows that are open after those, one detector after the other. */
    LAST
  }

  /**
   * Which detectors are late.
   *
   * @param ids asked last; empty for none by name
   * @param sequences whether detectors that read sequences are asked last
   * @param unsupervised whether unsupervised detectors come after supervised ones
   */
  record Late(List<String> ids, boolean sequences, boolean unsupervised) {
    /** Nobody is late. */
    static final Late NONE = new Late(List.of(), false, false);

    Late {
      ids = List.copyOf(ids);
    }
  }

  /** The detectors that are asked now. */
  public List<Detector> detectors() {
    return slots.stream().flatMap(slot -> slot.detector().stream()).toList();
  }

  /** The most by which a detector's vote can move the log-odds of a judgement. */
  double reach(String detector) {
    return ensemble.map(known -> known.reach(detector)).orElse(Double.POSITIVE_INFINITY);
  }

  /** When a detector is asked about the rows of a batch, which carries its views. */
  Stage stage(Detector detector, FlowBatch batch) {
    if (late.ids().contains(detector.description().id())
        || (late.sequences() && readsSequences(detector, batch))) {
      return Stage.LAST;
    }
    boolean second =
        late.unsupervised() && detector.description().kind() == DetectorKind.UNSUPERVISED;
    return second ? Stage.SECOND : Stage.FIRST;
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
