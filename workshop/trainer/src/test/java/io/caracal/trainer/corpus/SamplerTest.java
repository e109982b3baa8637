package io.caracal.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.recipe.Sampling;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.TruthFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final FlowKey KEY =
      FlowKey.of(Address.parse("10.0.0.1"), 1, Address.parse("10.0.0.2"), 2, 6);
  private final List<Example> pool = new ArrayList<>();

  private void add(int count, String label, String detail, String run) {
    for (int i = 0; i < count; i++) {
      TruthFlow truth = new TruthFlow(0, 0, KEY, label, detail, run);
      int attackClass = label.equals("benign") ? Example.BENIGN : 0;
      int row = pool.size();
      pool.add(new Example(0, row, row, 5, row, truth, attackClass, Part.TRAIN, 1));
    }
  }

  @Test
  void capsFloodsRepeatsTheRareAndHearsEveryRun() {
    add(500, "flood", "tool", "1");
    add(10, "flood", "tool", "2");
    add(3, "exfil", "tool", "3");
    add(300, "benign", "infra", "");
    add(100, "benign", "web", "");
    Sampler sampler =
        new Sampler(new Sampling(50, 20, 80, Map.of("infra", 30), Map.of("infra", 0.1)));
    List<Example> drawn = sampler.sample(pool, 1);
    Map<String, Long> kinds =
        drawn.stream().collect(Collectors.groupingBy(Example::kind, Collectors.counting()));
    assertThat(kinds)
        .containsEntry("flood", 50L)
        .containsEntry("exfil", 20L)
        .containsEntry("benign/infra", 30L)
        .containsEntry("benign/web", 80L);
    Map<String, Long> runs =
        drawn.stream()
            .filter(e -> e.kind().equals("flood"))
            .map(e -> e.truth().run())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(runs).containsEntry("2", 10L);
    assertThat(sampler.sample(pool, 1)).isEqualTo(drawn);
    assertThat(sampler.sample(pool, 2)).isNotEqualTo(drawn);
  }
}
