package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.core.internal.ensemble.LogisticEnsemble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judges remembered records by any descriptor, through the code that judges flows. */
final class Judge {
  private static final int ROWS = 1024;
  private static final int FOLDS = 4;

  /** Stretches of time that are dealt to the folds in turn. */
  private static final int STRETCHES = 16;

  private final Recalibration recalibration;
  private final List<DetectorDescription> detectors;

  Judge(Recalibration recalibration, Detectors detectors) {
    this.recalibration = recalibration;
    this.detectors = detectors.columns();
  }

  /** Judgements by one descriptor. */
  List<AlertCurve.Judged> by(ObjectNode descriptor, List<Lesson.Weighted> records) {
    LogisticEnsemble ensemble = new LogisticEnsemble(Recalibration.read(descriptor));
    List<AlertCurve.Judged> judged = new ArrayList<>();
    for (int from = 0; from < records.size(); from += ROWS) {
      judge(ensemble, records.subList(from, Math.min(records.size(), from + ROWS)), judged);
    }
    return judged;
  }

  /**
   * Judgements of records by descriptors that were fitted without them: every stretch of time by
   * what was learnt in the others.
   */
  List<AlertCurve.Judged> crossFitted(List<Lesson.Weighted> records) {
    long first = records.stream().mapToLong(r -> r.observation().nanos()).min().orElse(0);
    long last = records.stream().mapToLong(r -> r.observation().nanos()).max().orElse(0);
    double stretch = Math.max(1, (last - first + 1.0) / STRETCHES);
    List<AlertCurve.Judged> judged = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Lesson.Weighted> within = new ArrayList<>();
      List<Lesson.Weighted> others = new ArrayList<>();
      for (Lesson.Weighted record : records) {
        int at = (int) ((record.observation().nanos() - first) / stretch);
        (at % FOLDS == fold ? within : others).add(record);
      }
      judged.addAll(by(recalibration.fit(others), within));
    }
    return judged;
  }

  private void judge(
      LogisticEnsemble ensemble, List<Lesson.Weighted> records, List<AlertCurve.Judged> judged) {
    FlowBatch batch = new FlowBatch(records.size(), List.of());
    FlowIdentity nobody = new FlowIdentity(false, 0, 0, 0, 0, 0, 0, 0, 0, false);
    records.forEach(record -> batch.addRow(nobody, 1, 1, Map.of()));
    List<Vote> votes = new ArrayList<>();
    for (int column = 0; column < detectors.size(); column++) {
      votes.add(new Vote(detectors.get(column), scores(records, column)));
    }
    Judgements judgements = new Judgements(records.size());
    judgements.reset(records.size());
    ensemble.judge(batch, votes, judgements);
    for (int row = 0; row < records.size(); row++) {
      Lesson.Weighted record = records.get(row);
      if (judgements.judged(row)) {
        judged.add(
            new AlertCurve.Judged(
                record.observation().source() + '|' + judgements.attackClass(row).name(),
                record.observation().nanos(),
                judgements.probability(row),
                record.represents()));
      }
    }
  }

  private static Scores scores(List<Lesson.Weighted> records, int column) {
    Scores scores = new Scores(records.size());
    scores.reset(records.size());
    for (int row = 0; row < records.size(); row++) {
      Observation observation = records.get(row).observation();
      if (!Float.isNaN(observation.score(column))) {
        scores.set(row, observation.score(column), observation.attackClass(column));
      }
    }
    return scores;
  }
}
