package io.caracal.engine.extender;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.testkit.RowView;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewMatchTest {
  private static final View VIEW = RowView.of("tiny", 3);

  @Test
  void findsTheViewAmongOthers() {
    assertThat(match("1.0", List.of("c0", "c1", "c2"), RowView.of("other", 3), VIEW))
        .isEqualTo(new ViewMatch.Complete(List.of(VIEW)));
  }

  @Test
  void minorVersionsAreTheSameView() {
    assertThat(match("1.7", List.of("c0", "c1", "c2"), VIEW))
        .isInstanceOf(ViewMatch.Complete.class);
  }

  @Test
  void anotherMajorVersionIsAnotherView() {
    assertThat(match("2.0", List.of("c0", "c1", "c2"), VIEW))
        .isEqualTo(new ViewMatch.Missing("waits for the view tiny 2.0, which nobody offers"));
    assertThat(match("11.0", List.of("c0", "c1", "c2"), VIEW))
        .isInstanceOf(ViewMatch.Missing.class);
  }

  @Test
  void namesTheFirstColumnThatDiffers() {
    assertThat(match("1.0", List.of("c0", "c2", "c1"), VIEW))
        .isEqualTo(
            new ViewMatch.Different(
                "column 1 of the view tiny 1.0 is 'c1' but the model was trained on 'c2'"));
  }

  @Test
  void anotherShapeIsRefused() {
    ViewDescription wide = RowView.of("tiny", 3, 1).description();
    assertThat(match("1.0", List.of("c0", "c1", "c2"), new RowView(wide)))
        .isEqualTo(
            new ViewMatch.Different(
                "the view tiny 1.0 has shape [3, 1] but the model was trained on [3]"));
  }

  private static ViewMatch match(String version, List<String> columns, View... present) {
    return ViewMatch.of(
        List.of(new ModelDescriptor.Input("input", "tiny", version, List.of(3), columns)),
        List.of(present));
  }
}
