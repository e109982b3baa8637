package io.caracal.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.recipe.SplitPlan;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final SplitPlan PLAN = new SplitPlan(1, 0.15, 0.25, 100, 2);
  private static final FlowKey KEY =
      FlowKey.of(Address.parse("10.0.0.1"), 1, Address.parse("10.0.0.2"), 2, 6);

  private static TruthFlow flow(String label, String run, double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new TruthFlow(nanos, nanos, KEY, label, "", run);
  }

  private static Truth truth(int runs) {
    List<TruthFlow> flows = new ArrayList<>();
    flows.add(flow("benign", "", 0));
    for (int run = 0; run < runs; run++) {
      flows.add(flow("scan", "r" + run, 1));
      flows.add(flow("scan", "r" + run, 90));
    }
    return new Truth(flows, Map.of());
  }

  @Test
  void dealsRunsWhole() {
    Truth truth = truth(20);
    Split split = new Split(PLAN, Map.of("a", truth));
    for (int run = 0; run < 20; run++) {
      assertThat(split.part("a", flow("scan", "r" + run, 1)))
          .isEqualTo(split.part("a", flow("scan", "r" + run, 90)));
    }
    assertThat(split.runs().get("scan"))
        .containsEntry(Part.TRAIN, 12)
        .containsEntry(Part.CALIBRATION, 3)
        .containsEntry(Part.VALIDATION, 5);
  }

  @Test
  void twoRunsTrainAndValidateOneRunTrains() {
    Split two = new Split(PLAN, Map.of("a", truth(1), "b", truth(1)));
    assertThat(two.runs().get("scan"))
        .containsEntry(Part.TRAIN, 1)
        .containsEntry(Part.VALIDATION, 1);
    assertThat(two.trainOnly()).isEmpty();
    Split one = new Split(PLAN, Map.of("a", truth(1)));
    assertThat(one.runs().get("scan")).containsEntry(Part.TRAIN, 1).hasSize(1);
    assertThat(one.trainOnly()).containsExactly("scan");
  }

  @Test
  void anotherSeedDealsDifferently() {
    Truth truth = truth(20);
    Split first = new Split(PLAN, Map.of("a", truth));
    Split second = new Split(new SplitPlan(2, 0.15, 0.25, 100, 2), Map.of("a", truth));
    assertThat(parts(first)).isNotEqualTo(parts(second)).isEqualTo(parts(first));
  }

  @Test
  void aChangedCopyGoesWhereItsOriginalGoes() {
    Split split = new Split(PLAN, Map.of("a", truth(20)), Map.of("changed", "a"));
    for (int run = 0; run < 20; run++) {
      TruthFlow flow = flow("scan", "r" + run, 1);
      assertThat(split.part("changed", flow)).isEqualTo(split.part("a", flow));
    }
    assertThat(split.runs().get("scan").values().stream().mapToInt(n -> n).sum()).isEqualTo(20);
  }

  private static List<Part> parts(Split split) {
    List<Part> parts = new ArrayList<>();
    for (int run = 0; run < 20; run++) {
      parts.add(split.part("a", flow("scan", "r" + run, 1)));
    }
    return parts;
  }

  @Test
  void benignTimeGoesInCyclesWithGaps() {
    Split split = new Split(PLAN, Map.of("a", truth(4)));
    assertThat(benign(split, 1)).isEqualTo(Part.GAP);
    assertThat(benign(split, 59)).isEqualTo(Part.TRAIN);
    assertThat(benign(split, 61)).isEqualTo(Part.GAP);
    assertThat(benign(split, 74)).isEqualTo(Part.CALIBRATION);
    assertThat(benign(split, 76)).isEqualTo(Part.GAP);
    assertThat(benign(split, 99)).isEqualTo(Part.VALIDATION);
    assertThat(benign(split, 159)).isEqualTo(Part.TRAIN);
  }

  private static Part benign(Split split, double seconds) {
    return split.part("a", flow("benign", "", seconds));
  }
}
