package io.caracal.core.internal.detect;

import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import java.util.List;

/** Sees every batch once it is judged, on the thread that judged it, and changes nothing of it. */
public interface Onlooker {
  /** Names of the views that batches are to carry for it. */
  List<String> views();

  /**
   * A batch was judged. Throws nothing.
   *
   * @param panel who was asked
   * @param threshold the probability from which a flow is a detection
   */
  void judged(
      Panel panel, FlowBatch batch, List<Vote> votes, Judgements judgements, double threshold);
}
