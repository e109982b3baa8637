package io.caracal.core.internal.rows;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowSettings;
import io.caracal.core.internal.lane.ScoredBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores of every detector and of the ensemble as binary rows; the columns are fixed when the file
 * is opened.
 */
public final class ScoreRows implements ScoredBatch.Listener, AutoCloseable {
  private final RowFile file;
  private final List<String> detectors;
  private final List<String> classes;

  /**
   * Creates the file and writes its header.
   *
   * @param ensembleClasses the attack classes that the ensemble can name
   * @param ensembleThreshold the threshold in force
   */
  public ScoreRows(
      Path path,
      List<Detector> detectors,
      List<AttackClass> ensembleClasses,
      double ensembleThreshold,
      FlowSettings flows)
      throws IOException {
    List<String> columns = new ArrayList<>();
    Map<String, List<String>> classes = new LinkedHashMap<>();
    Map<String, Double> thresholds = new LinkedHashMap<>();
    for (Detector detector : detectors) {
      DetectorDescription description = detector.description();
      columns.add(description.id() + "/score");
      columns.add(description.id() + "/class");
      classes.put(description.id(), description.classes().stream().map(AttackClass::name).toList());
      thresholds.put(description.id(), description.threshold());
    }
    columns.add("ensemble/probability");
    columns.add("ensemble/class");
    columns.add("ensemble/detected");
    this.classes = ensembleClasses.stream().map(AttackClass::name).toList();
    classes.put("ensemble", this.classes);
    thresholds.put("ensemble", Double.isFinite(ensembleThreshold) ? ensembleThreshold : 1);
    Map<String, Object> header = RowFile.header(columns, flows);
    header.put("classes", classes);
    header.put("thresholds", thresholds);
    this.detectors = detectors.stream().map(detector -> detector.description().id()).toList();
    this.file = new RowFile(path, header, columns.size());
  }

  @Override
  public void onRow(ScoredBatch scored, int row) {
    try {
      write(scored, scored.batch(), row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(ScoredBatch scored, FlowBatch batch, int row) throws IOException {
    file.begin(batch, row);
    for (String id : detectors) {
      Optional<Scores> scores =
          scored.votes().stream()
              .filter(vote -> vote.detector().id().equals(id))
              .map(Vote::scores)
              .findFirst();
      boolean scoredRow = scores.isPresent() && !scores.get().abstained(row);
      file.put(scoredRow ? scores.get().score(row) : Float.NaN);
      file.put(scoredRow ? scores.get().attackClass(row) : Float.NaN);
    }
    Judgements judgements = scored.judgements();
    file.put(judgements.judged(row) ? judgements.probability(row) : Float.NaN);
    int named = judgements.judged(row) ? classes.indexOf(judgements.attackClass(row).name()) : -1;
    file.put(named >= 0 ? named : Float.NaN);
    file.put(scored.detected(row) ? 1 : 0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
