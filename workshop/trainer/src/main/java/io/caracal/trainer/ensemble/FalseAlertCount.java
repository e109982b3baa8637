package io.caracal.trainer.ensemble;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.FlowGroups;
import io.caracal.trainer.rows.FlowRows;
import java.util.ArrayList;
import java.util.List;

/** Counts the false alerts that an ensemble would raise on benign flows that somebody attests. */
final class FalseAlertCount {
  private final EnsembleSettings settings;
  private final Corpus corpus;
  private final List<MemberScores> parts;

  FalseAlertCount(EnsembleSettings settings, Corpus corpus, List<MemberScores> parts) {
    this.settings = settings;
    this.corpus = corpus;
    this.parts = parts;
  }

  /** Attested benign flows. */
  int flows() {
    return parts.stream()
        .map(part -> part.examples().stream().filter(this::attested).toList())
        .mapToInt(examples -> new FlowGroups(examples).flows().size())
        .sum();
  }

  FalseAlertCurve curve(Combination combination) {
    List<FalseAlertCurve.Judged> judged = new ArrayList<>();
    for (MemberScores part : parts) {
      for (int i = 0; i < part.size(); i++) {
        float[] scores = part.of(i);
        if (attested(part.examples().get(i)) && !Float.isNaN(combination.probability(scores))) {
          judged.add(judged(part, i, combination));
        }
      }
    }
    return FalseAlertCurve.of(
        judged, flows() / settings.flowsPerDay(), settings.alertWindowSeconds());
  }

  private FalseAlertCurve.Judged judged(MemberScores part, int record, Combination combination) {
    Example example = part.examples().get(record);
    FlowRows rows = corpus.campaigns().get(example.campaign()).rows();
    return new FalseAlertCurve.Judged(
        example.campaign()
            + "/"
            + rows.source(example.row())
            + "/"
            + part.attackClass(combination, record),
        rows.lastNanos(example.row()) / 1e9,
        combination.logOdds(part.of(record)));
  }

  private boolean attested(Example example) {
    return example.benign() && !settings.unattested().contains(example.truth().detail());
  }
}
