package io.caracal.trainer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateBaselineTest {
  private static final InputLayout LAYOUT =
      Layouts.of(
          Layouts.flat("cic", List.of("Protocol", "Total Fwd Packet"), List.of()),
          Layouts.flat("host", List.of("kdd.dst_starts", "beat.interval"), List.of()));

  /** Packets 1 to 101, so that the box is from 26 to 76; no other flow to the destination. */
  private static float[] benign() {
    float[] rows = new float[101 * 4];
    for (int row = 0; row < 101; row++) {
      rows[row * 4 + 1] = row + 1;
    }
    return rows;
  }

  private static double score(float... row) {
    return new RateBaseline(LAYOUT, benign()).score(row, 1).scores()[0];
  }

  @Test
  void insideTheBoxIsNothing() {
    assertThat(score(6, 26, 0, 0)).isZero();
    assertThat(score(17, 76, 0, 1e9f)).isZero();
  }

  @Test
  void theDistanceIsInBoxesOnALogarithmicScale() {
    double box = Math.log(77.0 / 27);
    assertThat(score(0, 7699, 0, 0)).isCloseTo(Math.log(100) / box, within(1e-4));
    assertThat(score(0, 0, 0, 0)).isCloseTo(Math.log(27) / box, within(1e-4));
  }

  @Test
  void theWorstColumnDecides() {
    assertThat(score(0, 50, (float) Math.expm1(1), 0)).isCloseTo(10, within(1e-4));
  }

  @Test
  void viewsWithoutCountsHaveNoBaseline() {
    assertThat(RateBaseline.applies(LAYOUT)).isTrue();
    assertThat(RateBaseline.applies(Layouts.of(Layouts.flat("a", 3)))).isFalse();
  }
}
