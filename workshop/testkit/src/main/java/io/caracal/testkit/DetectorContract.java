package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What every detector must keep. Extend it and say which detector. */
public abstract class DetectorContract {
  private static final int ROWS = 97;
  private static final long SEED = 20_260_101;

  /** The detector to test; the same or an equal one at each call. */
  protected abstract Detector detector() throws Exception;

  /** The views that it reads, at least. */
  protected abstract List<View> views();

  /** Rows that it must score; override to test on real flows, such as those of {@link Golden}. */
  protected List<FlowRow> rows() throws Exception {
    Random random = new Random(SEED);
    long packets = Math.max(1, detector().description().minimumPackets());
    List<FlowRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(FlowRow.random(views(), packets + i % 3, random));
    }
    return rows;
  }

  @Test
  protected void descriptionIsCompleteAndStable() throws Exception {
    DetectorDescription description = detector().description();
    assertThat(description.id()).matches("[a-z][a-z0-9-]*");
    assertThat(description.views())
        .isNotEmpty()
        .isSubsetOf(views().stream().map(view -> view.description().name()).toList());
    assertThat(description.classes().isEmpty())
        .isEqualTo(description.kind() == DetectorKind.UNSUPERVISED);
    assertThat(detector().description().id()).isEqualTo(description.id());
  }

  @Test
  protected void rowsScoreAloneAsInABatch() throws Exception {
    List<FlowRow> rows = rows();
    Scores together = score(rows);
    for (int row = 0; row < rows.size(); row++) {
      Scores alone = score(rows.subList(row, row + 1));
      assertSame(alone, 0, together, row);
    }
  }

  @Test
  protected void equalBatchesScoreEqually() throws Exception {
    List<FlowRow> rows = rows();
    Scores first = score(rows);
    Scores second = score(rows);
    for (int row = 0; row < rows.size(); row++) {
      assertSame(second, row, first, row);
    }
  }

  @Test
  protected void rowsLeftFromALargerBatchDoNotMatter() throws Exception {
    List<FlowRow> rows = rows();
    FlowBatch batch = FlowRow.batch(views(), rows);
    FlowBatch small = FlowRow.batch(views(), rows.subList(0, 3));
    batch.clear();
    for (int row = 0; row < 3; row++) {
      batch.addFrom(small, row);
    }
    Scores scores = score(batch);
    Scores expected = score(small);
    for (int row = 0; row < 3; row++) {
      assertSame(scores, row, expected, row);
    }
  }

  @Test
  protected void everyRowHasAScoreOfItsKind() throws Exception {
    assertScored(rows());
  }

  @Test
  protected void anEmptyBatchIsNoError() throws Exception {
    assertThat(score(List.of()).size()).isZero();
  }

  @Test
  protected void extremeInputsHaveFiniteScores() throws Exception {
    long packets = Math.max(1, detector().description().minimumPackets());
    List<FlowRow> rows = new ArrayList<>();
    for (float value : new float[] {0, -1, 1e12f}) {
      rows.add(FlowRow.filled(views(), packets, value));
    }
    assertScored(rows);
  }

  @Test
  protected void abstainsBelowItsMinimumOfPackets() throws Exception {
    int minimum = detector().description().minimumPackets();
    List<FlowRow> rows = new ArrayList<>();
    for (FlowRow row : rows()) {
      rows.add(new FlowRow(rows.size() % 2 == 0 ? minimum - 1 : minimum, row.columns()));
    }
    Scores scores = score(rows);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(scores.abstained(row)).as("row %d", row).isEqualTo(row % 2 == 0 && minimum > 0);
    }
  }

  @Test
  protected void lanesMayScoreAtTheSameTime() throws Exception {
    List<FlowRow> rows = rows();
    Scores expected = score(rows);
    List<Future<Scores>> results = new ArrayList<>();
    try (ExecutorService lanes = Executors.newFixedThreadPool(3)) {
      Callable<Scores> lane = () -> score(rows);
      for (int i = 0; i < 12; i++) {
        results.add(lanes.submit(lane));
      }
    }
    for (Future<Scores> result : results) {
      for (int row = 0; row < rows.size(); row++) {
        assertSame(result.get(), row, expected, row);
      }
    }
  }

  /** A view that breaks its word may cost the batch it is in, but no later one. */
  @Test
  protected void notANumberIsNoScoreAndLeavesNothingBehind() throws Exception {
    List<FlowRow> rows = rows();
    Scores expected = score(rows);
    long packets = Math.max(1, detector().description().minimumPackets());
    FlowBatch broken = FlowRow.batch(views(), List.of(FlowRow.filled(views(), packets, Float.NaN)));
    Scores scores = new Scores(1);
    scores.reset(1);
    try {
      detector().score(broken, scores);
    } catch (Exception refused) {
      scores.reset(1);
    }
    assertThat(scores.score(0)).isFinite();
    Scores after = score(rows);
    for (int row = 0; row < rows.size(); row++) {
      assertSame(after, row, expected, row);
    }
  }

  @Test
  protected void nothingGrows() throws Exception {
    Detector detector = detector();
    FlowBatch batch = FlowRow.batch(views(), rows().subList(0, 3));
    Scores scores = new Scores(batch.capacity());
    Growth.assertNone(
        () -> {
          scores.reset(batch.size());
          detector.score(batch, scores);
          return scores;
        });
  }

  private Scores score(List<FlowRow> rows) throws Exception {
    return score(FlowRow.batch(views(), rows));
  }

  private Scores score(FlowBatch batch) throws Exception {
    Scores scores = new Scores(batch.capacity());
    scores.reset(batch.size());
    detector().score(batch, scores);
    return scores;
  }

  private void assertScored(List<FlowRow> rows) throws Exception {
    Scores scores = score(rows);
    DetectorDescription description = detector().description();
    boolean supervised = description.kind() == DetectorKind.SUPERVISED;
    for (int row = 0; row < rows.size(); row++) {
      assertThat(scores.abstained(row)).as("row %d abstained", row).isFalse();
      assertThat(scores.score(row))
          .as("score of row %d", row)
          .isBetween(0f, supervised ? 1f : Float.MAX_VALUE);
      assertThat(scores.attackClass(row))
          .as("class of row %d", row)
          .isBetween(Scores.NO_CLASS, description.classes().size() - 1);
    }
  }

  private static void assertSame(Scores actual, int row, Scores expected, int expectedRow) {
    assertThat(actual.abstained(row))
        .as("abstention of row %d", expectedRow)
        .isEqualTo(expected.abstained(expectedRow));
    assertThat(actual.score(row))
        .as("score of row %d", expectedRow)
        .isCloseTo(
            expected.score(expectedRow),
            Offset.offset(1e-5f * Math.max(1, Math.abs(expected.score(expectedRow)))));
  }
}
