package io.caracal.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final double EXACT = 1e-12;

  @Test
  void withoutTies() {
    // Descending: + - + + - ; pairs won: first + beats 2, the others 1 each: 4 of 6.
    Ranking ranking =
        new Ranking(
            new double[] {0.9, 0.8, 0.7, 0.6, 0.5}, new boolean[] {true, false, true, true, false});
    assertThat(ranking.rocAuc()).isCloseTo(4 / 6.0, within(EXACT));
    assertThat(ranking.prAuc()).isCloseTo((1 / 1.0 + 2 / 3.0 + 3 / 4.0) / 3, within(EXACT));
    assertThat(ranking.tprAtFpr(0)).isCloseTo(1 / 3.0, within(EXACT));
    assertThat(ranking.tprAtFpr(0.5)).isCloseTo(1, within(EXACT));
  }

  @Test
  void tiesShareOneStep() {
    // 0.9: + ; 0.5: + - - ; 0.1: - . ROC: won 3 + (0 of the two tied, half each = 1, and 1).
    Ranking ranking =
        new Ranking(
            new double[] {0.5, 0.9, 0.5, 0.5, 0.1},
            new boolean[] {false, true, true, false, false});
    assertThat(ranking.rocAuc()).isCloseTo(5 / 6.0, within(EXACT));
    assertThat(ranking.prAuc()).isCloseTo(0.5 * 1 + 0.5 * 2 / 4.0, within(EXACT));
    assertThat(ranking.tprAtFpr(0.5)).isCloseTo(0.5, within(EXACT));
    assertThat(ranking.tprAtFpr(0.67)).isCloseTo(1, within(EXACT));
  }

  @Test
  void allTiedSaysNothing() {
    Ranking ranking = new Ranking(new double[4], new boolean[] {true, false, false, false});
    assertThat(ranking.rocAuc()).isCloseTo(0.5, within(EXACT));
    assertThat(ranking.prAuc()).isCloseTo(0.25, within(EXACT));
    assertThat(ranking.tprAtFpr(0.01)).isZero();
  }

  @Test
  void abstainedFlowsRankLowestAndTogether() {
    double none = Double.NEGATIVE_INFINITY;
    Ranking ranking =
        new Ranking(new double[] {none, 0.5, none, 0.2}, new boolean[] {true, true, false, false});
    assertThat(ranking.rocAuc()).isCloseTo((2 + 0.5) / 4, within(EXACT));
  }

  @Test
  void agreesWithCountingPairs() {
    Random random = new Random(3);
    double[] scores = new double[300];
    boolean[] attack = new boolean[300];
    for (int i = 0; i < scores.length; i++) {
      attack[i] = random.nextInt(3) == 0;
      scores[i] = random.nextInt(20) + (attack[i] ? 5 : 0);
    }
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int k = 0; k < scores.length; k++) {
        if (attack[i] && !attack[k]) {
          pairs++;
          won += scores[i] > scores[k] ? 1 : scores[i] == scores[k] ? 0.5 : 0;
        }
      }
    }
    assertThat(new Ranking(scores, attack).rocAuc()).isCloseTo(won / pairs, within(1e-9));
  }

  @Test
  void oneClassAloneHasNoFigures() {
    Ranking ranking = new Ranking(new double[] {1, 2}, new boolean[] {false, false});
    assertThat(ranking.rocAuc()).isNaN();
    assertThat(ranking.prAuc()).isNaN();
    assertThat(ranking.tprAtFpr(0.1)).isNaN();
  }
}
