package io.caracal.trainer.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.TruthFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final int RECORDS = 400;

  private static Example example(boolean attack) {
    Address address = Address.parse("10.0.0.1");
    TruthFlow truth =
        new TruthFlow(
            0, 0, FlowKey.of(address, 1, address, 2, 6), attack ? "scan" : "benign", "", "");
    int attackClass = attack ? 0 : Example.BENIGN;
    return new Example(0, 0, 0, 9, 0, truth, attackClass, Part.CALIBRATION, 1);
  }

  /** A probability and a distance, both higher for attacks. */
  private static Fusion fitted() {
    Random random = new Random(5);
    List<Example> examples = new ArrayList<>();
    float[][] scores = new float[RECORDS][];
    for (int i = 0; i < RECORDS; i++) {
      boolean attack = i % 4 == 0;
      examples.add(example(attack));
      scores[i] =
          new float[] {
            attack ? 0.5f + 0.5f * random.nextFloat() : 0.6f * random.nextFloat(),
            (attack ? 5 : 0) + 10 * random.nextFloat()
          };
    }
    return new Fusion(List.of(true, false), examples, scores);
  }

  @Test
  void everyWayRanksAnAttackThatOneDetectorSeesAboveNormalTraffic() {
    float none = Float.NaN;
    Map<String, float[]> ways =
        fitted().of(new float[][] {{0.05f, 2}, {0.95f, 2}, {none, 14}, {none, 2}, {none, none}});
    assertThat(ways).hasSize(3);
    ways.forEach(
        (name, scores) -> {
          assertThat(scores[1]).describedAs(name).isGreaterThan(scores[0]);
          assertThat(scores[2]).describedAs(name).isGreaterThan(scores[3]);
          assertThat(scores[4]).describedAs(name).isNaN();
        });
  }

  @Test
  void theHighestEvidenceIsThatOfTheMostSurprisingDetector() {
    Map<String, float[]> ways = fitted().of(new float[][] {{0.99f, 2}, {0.99f, Float.NaN}});
    float[] highest = ways.get("highest evidence");
    assertThat(highest[0]).isEqualTo(highest[1]);
    assertThat(ways.get("mean evidence")[0]).isLessThan(highest[0]);
  }
}
