package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every ensemble must keep. Extend it and say which ensemble and which detectors vote. */
public abstract class EnsembleContract {
  private static final int ROWS = 97;
  private static final long SEED = 20_260_101;
  private static final int LANES = 3;

  /** The ensemble to test; the same or an equal one at each call. */
  protected abstract Ensemble ensemble() throws Exception;

  /** The detectors whose votes it judges by: at least one of its members. */
  protected abstract List<DetectorDescription> detectors() throws Exception;

  @Test
  protected void descriptionIsCompleteAndStable() throws Exception {
    Ensemble ensemble = ensemble();
    assertThat(ensemble.description().id()).matches("[a-z][a-z0-9-]*");
    assertThat(ensemble.description().members())
        .doesNotHaveDuplicates()
        .containsAnyElementsOf(detectors().stream().map(DetectorDescription::id).toList());
    assertThat(ensemble.description()).isEqualTo(ensemble.description());
  }

  @Test
  protected void rowsAreJudgedAloneAsInABatch() throws Exception {
    Ballot together = ballot(ROWS);
    Judgements expected = judge(together);
    for (int row = 0; row < ROWS; row++) {
      assertSame(judge(together.only(row)), 0, expected, row);
    }
  }

  @Test
  protected void lanesMayJudgeAtTheSameTime() throws Exception {
    Ballot ballot = ballot(ROWS);
    Judgements expected = judge(ballot);
    List<Future<Judgements>> results = new ArrayList<>();
    try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      Callable<Judgements> lane = () -> judge(ballot);
      for (int i = 0; i < LANES * LANES; i++) {
        results.add(lanes.submit(lane));
      }
    }
    for (Future<Judgements> result : results) {
      for (int row = 0; row < ROWS; row++) {
        assertSame(result.get(), row, expected, row);
      }
    }
  }

  @Test
  protected void anyDetectorMayBeMissing() throws Exception {
    Ballot ballot = ballot(ROWS);
    for (DetectorDescription missing : detectors()) {
      List<Vote> others = new ArrayList<>(ballot.votes());
      others.removeIf(vote -> vote.detector().id().equals(missing.id()));
      assertThat(judge(new Ballot(ballot.batch(), others)).size()).isEqualTo(ROWS);
    }
    Judgements nobody = judge(new Ballot(ballot.batch(), List.of()));
    for (int row = 0; row < ROWS; row++) {
      assertThat(nobody.judged(row)).as("row %d without votes", row).isFalse();
    }
  }

  @Test
  protected void anEmptyBatchIsNoError() throws Exception {
    assertThat(judge(ballot(0)).size()).isZero();
  }

  @Test
  protected void thresholdsFallAsTheBudgetGrows() throws Exception {
    double before = Double.POSITIVE_INFINITY;
    double hosts = Double.POSITIVE_INFINITY;
    for (double budget : new double[] {0.01, 0.1, 1, 10, 100, 10_000}) {
      double threshold = ensemble().threshold(budget, 100_000);
      assertThat(threshold).isBetween(0.0, Math.min(1, before));
      before = threshold;
      double host = ensemble().hostThreshold(budget, 100_000);
      assertThat(host).isBetween(0.0, hosts);
      hosts = host;
    }
  }

  @Test
  protected void noVoteMovesMoreThanItsReach() throws Exception {
    for (DetectorDescription detector : detectors()) {
      assertThat(ensemble().reach(detector.id())).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  protected void nothingGrows() throws Exception {
    Ballot ballot = ballot(ROWS);
    Ensemble ensemble = ensemble();
    Judgements judgements = new Judgements(ROWS);
    Growth.assertNone(
        () -> {
          judgements.reset(ROWS);
          ensemble.judge(ballot.batch(), ballot.votes(), judgements);
          return judgements;
        });
  }

  /** Flows and what the detectors say of them. */
  private record Ballot(FlowBatch batch, List<Vote> votes) {
    /** One row of it. */
    Ballot only(int row) {
      FlowBatch one = new FlowBatch(1, batch.views());
      one.addFrom(batch, row);
      List<Vote> cut = new ArrayList<>();
      for (Vote vote : votes) {
        Scores scores = new Scores(1);
        scores.reset(1);
        scores.copy(0, vote.scores(), row);
        cut.add(new Vote(vote.detector(), scores));
      }
      return new Ballot(one, cut);
    }
  }

  /** Votes of all sizes; some detectors abstain, some were not asked. */
  private Ballot ballot(int rows) throws Exception {
    Random random = new Random(SEED);
    List<View> views = List.of(RowView.of("any", 1));
    List<FlowRow> flows =
        IntStream.range(0, rows).mapToObj(i -> FlowRow.filled(views, 3 + i, i)).toList();
    List<Vote> votes = new ArrayList<>();
    for (DetectorDescription detector : detectors()) {
      Scores scores = new Scores(Math.max(1, rows));
      scores.reset(rows);
      for (int row = 0; row < rows; row++) {
        switch (random.nextInt(8)) {
          case 0 -> {} // abstains
          case 1 -> scores.withhold(row);
          default -> scores.set(row, score(detector, random), attackClass(detector, random));
        }
      }
      votes.add(new Vote(detector, scores));
    }
    return new Ballot(FlowRow.batch(views, flows), votes);
  }

  private static float score(DetectorDescription detector, Random random) {
    return detector.kind() == DetectorKind.SUPERVISED
        ? random.nextFloat()
        : (float) Math.exp(3 * random.nextGaussian());
  }

  private static int attackClass(DetectorDescription detector, Random random) {
    return detector.classes().isEmpty()
        ? Scores.NO_CLASS
        : random.nextInt(detector.classes().size());
  }

  private Judgements judge(Ballot ballot) throws Exception {
    Judgements judgements = new Judgements(Math.max(1, ballot.batch().size()));
    judgements.reset(ballot.batch().size());
    ensemble().judge(ballot.batch(), ballot.votes(), judgements);
    return judgements;
  }

  private static void assertSame(Judgements actual, int row, Judgements expected, int other) {
    assertThat(actual.judged(row)).as("row %d judged", other).isEqualTo(expected.judged(other));
    assertThat(actual.probability(row))
        .as("probability of row %d", other)
        .isEqualTo(expected.probability(other));
    assertThat(actual.tail(row)).as("tail of row %d", other).isEqualTo(expected.tail(other));
    assertThat(actual.uncertainty(row))
        .as("uncertainty of row %d", other)
        .isEqualTo(expected.uncertainty(other));
    assertThat(actual.attackClass(row))
        .as("class of row %d", other)
        .isEqualTo(expected.attackClass(other));
  }
}
