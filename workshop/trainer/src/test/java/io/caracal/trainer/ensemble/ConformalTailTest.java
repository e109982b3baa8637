package io.caracal.trainer.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConformalTailTest {
  @Test
  void isTheRankAmongBenignScores() {
    double[] scores = new double[999];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i + 1;
    }
    double[] weights = new double[999];
    Arrays.fill(weights, 1);
    Transform.Tail tail = ConformalTail.fit(scores, weights, 8);
    assertThat(tail.apply(0)).isCloseTo(0, within(1e-9));
    // 100 of 999 score at least 900, the new one counts too: 101 of 1000.
    assertThat(tail.apply(900)).isCloseTo(-Math.log10(0.101), within(0.01));
    assertThat(tail.apply(999)).isCloseTo(-Math.log10(0.002), within(1e-9));
    assertThat(tail.apply(1e9)).isCloseTo(-Math.log10(0.002) + 1, within(1e-9));
    assertThat(tail.toJson().path("scores").size()).isBetween(15, 40);
  }

  @Test
  void knotsAscendWhereScoresTie() {
    double[] scores = {0, 0, 0, 0, 1, 1, 2};
    double[] weights = {1, 1, 1, 1, 1, 1, 1};
    var json = ConformalTail.fit(scores, weights, 8).toJson();
    assertThat(json.path("scores").toString()).isEqualTo("[0.0,1.0,2.0]");
    assertThat(json.path("pValues").toString()).isEqualTo("[1.0,0.5,0.25]");
  }
}
