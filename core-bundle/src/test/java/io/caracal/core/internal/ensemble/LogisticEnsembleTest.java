package io.caracal.core.internal.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.FalseAlerts;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.Member;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogisticEnsembleTest {
  private static final AttackClass SCAN = new AttackClass("scan", "T1046");
  private static final Transform LOGIT = new Transform("logit", 1e-4, null, null);
  private static final Transform TAIL =
      new Transform("tail", null, List.of(1.0, 2.0, 4.0), List.of(1.0, 0.1, 0.001));

  static LogisticEnsemble ensemble() {
    return new LogisticEnsemble(
        new EnsembleDescriptor(
                1,
                "ensemble",
                "1.0.0",
                List.of(
                    new Member("forest", "supervised", LOGIT, 0.5, -0.25, null, null),
                    new Member("autoencoder", "unsupervised", TAIL, 2, -1, null, null)),
                -3,
                List.of(SCAN),
                100_000,
                List.of(
                    new FalseAlerts(0.2, 1000), new FalseAlerts(0.6, 10), new FalseAlerts(0.9, 1)),
                null,
                null,
                null,
                new NormalColumns(
                    List.of(0.5, 0.75, 0.9, 0.999),
                    Map.of("host/starts", List.of(0.0, 0.0, 3.0, 12.0))))
            .check());
  }

  private static Vote vote(String id, DetectorKind kind, Float score, int attackClass) {
    DetectorDescription description =
        new DetectorDescription(
            id, "1.0.0", "", kind, List.of("cic"), List.of(SCAN), "", "", 0, 0.5, Map.of());
    Scores scores = new Scores(1);
    scores.reset(1);
    if (score != null) {
      scores.set(0, score, attackClass);
    }
    return new Vote(description, scores);
  }

  private static Judgements judge(Vote... votes) {
    FlowBatch batch = new FlowBatch(1, List.of());
    batch.addRow(new FlowIdentity(false, 0, 1, 1, 0, 2, 2, 6, 0, false), 1, 1, Map.of());
    Judgements judgements = new Judgements(1);
    judgements.reset(1);
    ensemble().judge(batch, List.of(votes), judgements);
    return judgements;
  }

  @Test
  void addsWeightedTransforms() {
    // logit(0.8) = 1.386294; tail at 3: between 1 and 3 in -log10 p, half way: 2
    Judgements judgements =
        judge(
            vote("forest", DetectorKind.SUPERVISED, 0.8f, 0),
            vote("autoencoder", DetectorKind.UNSUPERVISED, 3f, Scores.NO_CLASS));
    double sum = -3 + 0.5 * 1.386294 + 2 * 2;
    assertThat(judgements.probability(0))
        .isCloseTo((float) (1 / (1 + Math.exp(-sum))), within(1e-5f));
    assertThat(judgements.attackClass(0)).isEqualTo(SCAN);
  }

  @Test
  void continuesTheTailByAtMostOneDecade() {
    assertThat(TAIL.apply(0)).isEqualTo(0, within(1e-9));
    assertThat(TAIL.apply(1.5)).isEqualTo(0.5, within(1e-9));
    assertThat(TAIL.apply(4.5)).isEqualTo(3.5, within(1e-9));
    assertThat(TAIL.apply(1e9)).isEqualTo(4, within(1e-9));
  }

  @Test
  void countsAbstentionAndAbsenceAlike() {
    Judgements abstained =
        judge(
            vote("forest", DetectorKind.SUPERVISED, 0.8f, 0),
            vote("autoencoder", DetectorKind.UNSUPERVISED, null, 0));
    Judgements absent = judge(vote("forest", DetectorKind.SUPERVISED, 0.8f, 0));
    double sum = -3 + 0.5 * 1.386294 - 1;
    assertThat(abstained.probability(0))
        .isCloseTo((float) (1 / (1 + Math.exp(-sum))), within(1e-5f));
    assertThat(absent.probability(0)).isEqualTo(abstained.probability(0));
  }

  @Test
  void letsWhoWasNotAskedFollowTheOthers() {
    Vote notAsked = vote("autoencoder", DetectorKind.UNSUPERVISED, null, 0);
    notAsked.scores().withhold(0);
    Judgements judgements = judge(vote("forest", DetectorKind.SUPERVISED, 0.8f, 0), notAsked);
    double sum = (-3 + 0.5 * 1.386294) * (2.5 / 0.5);
    assertThat(judgements.probability(0))
        .isCloseTo((float) (1 / (1 + Math.exp(-sum))), within(1e-5f));
  }

  @Test
  void judgesNothingWhenAllAbstain() {
    assertThat(judge(vote("forest", DetectorKind.SUPERVISED, null, 0)).judged(0)).isFalse();
    assertThat(judge().judged(0)).isFalse();
  }

  @Test
  void isUncertainWhenDetectorsContradict() {
    Judgements agree =
        judge(
            vote("forest", DetectorKind.SUPERVISED, 0.9999f, 0),
            vote("autoencoder", DetectorKind.UNSUPERVISED, 4f, Scores.NO_CLASS));
    Judgements contradict =
        judge(
            vote("forest", DetectorKind.SUPERVISED, 0.0001f, 0),
            vote("autoencoder", DetectorKind.UNSUPERVISED, 4f, Scores.NO_CLASS));
    assertThat(agree.uncertainty(0)).isLessThan(0.05f);
    assertThat(contradict.uncertainty(0)).isGreaterThan(0.9f);
  }

  @Test
  void findsTheThresholdOfABudget() {
    assertThat(ensemble().threshold(5000, 100_000)).isEqualTo(0.2);
    assertThat(ensemble().threshold(100, 100_000)).isCloseTo(0.4, within(1e-9));
    assertThat(ensemble().threshold(10, 100_000)).isCloseTo(0.6, within(1e-9));
    assertThat(ensemble().threshold(0.1, 100_000)).isEqualTo(0.9);
    // ten times the flows: ten times the alerts at the same threshold
    assertThat(ensemble().threshold(1000, 1_000_000)).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void howUnusualAValueIsLiesBetweenWhatWasCounted() {
    assertThat(ensemble().normalShareBelow("host", "starts", 0)).isZero();
    assertThat(ensemble().normalShareBelow("host", "starts", Math.nextUp(0f)))
        .isCloseTo(0.75, within(1e-6));
    assertThat(ensemble().normalShareBelow("host", "starts", 1)).isCloseTo(0.8, within(1e-9));
    assertThat(ensemble().normalShareBelow("host", "starts", 500)).isEqualTo(0.999);
    assertThat(ensemble().normalShareBelow("cic", "starts", 1)).isNaN();
  }

  @Test
  void normalColumnsMustAscend() {
    NormalColumns few = new NormalColumns(List.of(0.1, 0.9), Map.of("host/a", List.of(1.0)));
    assertThatThrownBy(few::check).hasMessageContaining("normal has 1 values of host/a for 2");
    NormalColumns falling =
        new NormalColumns(List.of(0.1, 0.9), Map.of("host/a", List.of(2.0, 1.0)));
    assertThatThrownBy(falling::check)
        .hasMessageContaining("the values of host/a in normal do not ascend");
    float[] values = {5, 1, 4, 2, 3};
    NormalColumns counted = NormalColumns.of(Map.of("host/a", values));
    assertThat(counted.columns().get("host/a")).containsExactly(1., 1., 1., 2., 3., 4., 5., 5., 5.);
    counted.check();
  }

  @Test
  void refusesWrongDescriptors() {
    EnsembleDescriptor wrong =
        new EnsembleDescriptor(
            1,
            "e",
            "1.0.0",
            List.of(
                new Member(
                    "a",
                    "unsupervised",
                    new Transform("tail", null, List.of(1.0), List.of(0.1)),
                    1,
                    0,
                    null,
                    null)),
            0,
            List.of(),
            100_000,
            List.of(new FalseAlerts(0.5, 1)),
            null,
            null,
            null,
            null);
    assertThatThrownBy(wrong::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("member a");
  }

  @Test
  void anotherVersionOfADetectorKeepsItsShippedCalibration() {
    Transform site = new Transform("tail", null, List.of(1.0, 8.0), List.of(1.0, 0.1));
    Member member = new Member("autoencoder", "unsupervised", site, 2, -1, "1.0.0", TAIL);
    assertThat(member.transform("1.0.0")).isEqualTo(site);
    assertThat(member.transform("1.1.0")).isEqualTo(TAIL);
  }

  @Test
  void aCommonProbabilityCountsForNoMoreThanItsRarity() {
    // One benign flow in ten of this site gets 0.99 or more.
    Transform bounded = new Transform("logit", 1e-4, List.of(0.01, 0.99), List.of(1.0, 0.1));
    assertThat(bounded.apply(0.99)).isEqualTo(Math.log(10), within(1e-9));
    assertThat(bounded.apply(0.01)).isEqualTo(Math.log(0.01 / 0.99), within(1e-9));
  }
}
