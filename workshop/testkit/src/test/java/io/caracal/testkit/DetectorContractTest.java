package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A detector that keeps the contract passes; each way of breaking it is noticed. */
class DetectorContractTest extends DetectorContract {
  private static final View VIEW = RowView.of("tiny", 3);

  @Override
  protected Detector detector() {
    return new Sum(2);
  }

  @Override
  protected List<View> views() {
    return List.of(VIEW);
  }

  @Test
  void noticesARowThatDependsOnItsNeighbours() {
    DetectorContract contract =
        contract(
            new Sum(2) {
              @Override
              float value(FlowBatch batch, int row) {
                return super.value(batch, row) + batch.size();
              }
            });
    assertThatThrownBy(contract::rowsScoreAloneAsInABatch).isInstanceOf(AssertionError.class);
  }

  @Test
  void noticesAMissingAbstention() {
    DetectorContract contract =
        contract(
            new Sum(2) {
              @Override
              boolean abstains(FlowBatch batch, int row) {
                return false;
              }
            });
    assertThatThrownBy(contract::abstainsBelowItsMinimumOfPackets)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("row 0");
  }

  @Test
  void noticesANegativeScore() {
    DetectorContract contract =
        contract(
            new Sum(2) {
              @Override
              float value(FlowBatch batch, int row) {
                return -super.value(batch, row);
              }
            });
    assertThatThrownBy(contract::everyRowHasAScoreOfItsKind).isInstanceOf(AssertionError.class);
  }

  @Test
  void aBatchOfRowsCarriesThem() {
    FlowBatch batch =
        FlowRow.batch(
            List.of(VIEW),
            List.of(
                FlowRow.filled(List.of(VIEW), 1, 0),
                new FlowRow(7, Map.of("tiny", new float[] {1, 2, 3}))));
    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.packets(1)).isEqualTo(7);
    assertThat(batch.view("tiny").get(5)).isEqualTo(3);
  }

  private static DetectorContract contract(Detector detector) {
    return new DetectorContract() {
      @Override
      protected Detector detector() {
        return detector;
      }

      @Override
      protected List<View> views() {
        return List.of(VIEW);
      }
    };
  }

  private static class Sum implements Detector {
    private final int minimumPackets;

    Sum(int minimumPackets) {
      this.minimumPackets = minimumPackets;
    }

    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          "sum",
          "1.0.0",
          "sum of magnitudes",
          DetectorKind.UNSUPERVISED,
          List.of("tiny"),
          List.of(),
          "java",
          "cpu",
          minimumPackets,
          1,
          Map.of());
    }

    @Override
    public void score(FlowBatch batch, Scores scores) {
      for (int row = 0; row < batch.size(); row++) {
        if (!abstains(batch, row)) {
          scores.set(row, value(batch, row), Scores.NO_CLASS);
        }
      }
    }

    boolean abstains(FlowBatch batch, int row) {
      return batch.packets(row) < minimumPackets;
    }

    float value(FlowBatch batch, int row) {
      float sum = 0;
      for (int column = 0; column < 3; column++) {
        sum += Math.abs(batch.view("tiny").get(row * 3 + column));
      }
      return sum;
    }
  }
}
