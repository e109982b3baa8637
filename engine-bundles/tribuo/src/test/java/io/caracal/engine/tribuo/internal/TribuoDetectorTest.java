package io.caracal.engine.tribuo.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.View;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.testkit.DetectorContract;
import io.caracal.testkit.FlowRow;
import io.caracal.testkit.RowView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TribuoDetectorTest extends DetectorContract {
  private static LoadedModel model;

  @BeforeAll
  static void load() throws Exception {
    model =
        new TribuoEngine()
            .load(
                TestModels.descriptor(TestModels.COLUMNS, 3),
                TestModels.bytes(TestModels.averagingForest()));
  }

  @Override
  protected Detector detector() {
    return model;
  }

  @Override
  protected List<View> views() {
    return List.of(
        RowView.of("near", TestModels.NEAR), RowView.of("far", TestModels.WIDTH - TestModels.NEAR));
  }

  @Test
  void tellsAttacksFromBenignAndFromEachOther() throws Exception {
    Scores scores = new Scores(3);
    scores.reset(3);
    model.score(
        FlowRow.batch(
            views(),
            List.of(row(-2, 3, 0, 0, 0, 0), row(6, 0, 0, 0, 0, 0), row(0, -6, 0, 0, 0, 0))),
        scores);
    assertThat(scores.score(1)).isGreaterThan(0.7f);
    assertThat(scores.score(2)).isGreaterThan(0.7f);
    assertThat(scores.score(0)).isLessThan(0.3f);
    assertThat(name(scores, 1)).isEqualTo("scan");
    assertThat(name(scores, 2)).isEqualTo("flood");
  }

  private static FlowRow row(float... columns) {
    return new FlowRow(
        9,
        Map.of(
            "near", Arrays.copyOf(columns, TestModels.NEAR),
            "far", Arrays.copyOfRange(columns, TestModels.NEAR, columns.length)));
  }

  private static String name(Scores scores, int row) {
    return model.description().classes().get(scores.attackClass(row)).name();
  }
}
