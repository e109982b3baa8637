package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.core.internal.ensemble.GuardedEnsemble;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The detectors that are asked and the ensemble that judges what they say.
 *
 * @param slots in the order of ids
 * @param late which of them see only flows that those before them left open
 * @param onlookers see what was said
 */
public record Panel(
    List<Slot> slots, Late late, Optional<GuardedEnsemble> ensemble, List<Onlooker> onlookers) {
  /** Copies the lists. */
  public Panel {
    slots = List.copyOf(slots);
    onlookers = List.copyOf(onlookers);
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

  /** Names of the views that those who are asked and those who look on read. */
  public Set<String> views() {
    return Stream.concat(
            detectors().stream().flatMap(detector -> detector.description().views().stream()),
            onlookers.stream().flatMap(onlooker -> onlooker.views().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Has the ensemble judge a batch; every row stays unjudged if there is none or it fails. */
  public void judge(FlowBatch batch, List<Vote> votes, Judgements judgements) {
    judgements.reset(batch.size());
    ensemble.ifPresent(judge -> judge.judge(batch, votes, judgements));
  }

  /** Shows the onlookers a batch that was judged. */
  public void show(FlowBatch batch, List<Vote> votes, Judgements judgements, double threshold) {
    for (Onlooker onlooker : onlookers) {
      onlooker.judged(this, batch, votes, judgements, threshold);
    }
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
