package io.caracal.core.internal.alert;

import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.Panel;
import java.util.ArrayList;
import java.util.List;

/** One flow in several variants, judged as the sensor judges flows. */
final class Variants {
  /**
   * What the detectors' own scores count where the judgement is beyond what a float tells apart.
   */
  private static final double TIE = 1e-3;

  private final Panel panel;
  private final Ensemble ensemble;
  private final Cascade cascade;
  private final double threshold;
  private final FlowBatch original;
  private final int row;
  private final FlowBatch rows;
  private final Judgements judgements;
  private final List<Scores> rooms = new ArrayList<>();
  private List<Vote> votes = List.of();

  /** Variants of a row of a batch, at most {@code most} at once; detections from a threshold on. */
  Variants(
      Panel panel,
      Ensemble ensemble,
      Cascade cascade,
      double threshold,
      FlowBatch original,
      int row,
      int most) {
    this.panel = panel;
    this.ensemble = ensemble;
    this.cascade = cascade;
    this.threshold = threshold;
    this.original = original;
    this.row = row;
    rows = new FlowBatch(most, original.views());
    judgements = new Judgements(most);
  }

  /** Makes so many copies of the flow, in all of which these groups are typical. */
  void reset(List<FeatureGroup> typical, int count) {
    rows.clear();
    for (int i = 0; i < count; i++) {
      rows.addFrom(original, row);
      for (FeatureGroup group : typical) {
        group.makeTypical(rows, i);
      }
    }
  }

  /** The variants, to be changed before they are judged. */
  FlowBatch rows() {
    return rows;
  }

  /** Has them judged. */
  void judge() {
    judgements.reset(rows.size());
    votes = cascade.score(rows, panel, threshold, this::room, judgements, this::judge);
  }

  private Scores room(int index) {
    while (rooms.size() <= index) {
      rooms.add(new Scores(rows.capacity()));
    }
    return rooms.get(index);
  }

  private void judge(List<Vote> said) {
    judgements.reset(rows.size());
    try {
      ensemble.judge(rows, said, judgements);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  double probability(int variant) {
    return judgements.probability(variant);
  }

  /** Log-odds of the judgement. */
  double height(int variant) {
    double height = logOdds(judgements.probability(variant), 1e-7);
    for (Vote vote : votes) {
      if (vote.detector().kind() == DetectorKind.SUPERVISED && !vote.scores().abstained(variant)) {
        height += TIE * logOdds(vote.scores().score(variant), 1e-6);
      }
    }
    return height;
  }

  private static double logOdds(double probability, double edge) {
    double p = Math.clamp(probability, edge, 1 - edge);
    return Math.log(p / (1 - p));
  }

  /** Of the first {@code count} the one that is judged least suspicious. */
  int lowest(int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = height(i) < height(best) ? i : best;
    }
    return best;
  }
}
