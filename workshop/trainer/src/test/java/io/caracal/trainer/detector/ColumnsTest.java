package io.caracal.trainer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final InputLayout LAYOUT =
      Layouts.of(
          Layouts.flat("f", List.of("bytes", "ttl"), List.of("ttl")),
          Layouts.flat("g", List.of("port", "time"), List.of("port")));

  @Test
  void whatLeaksIsLeftOutUnlessAskedFor() {
    assertThat(Columns.read(LAYOUT, List.of(), List.of())).containsExactly(0, 3);
    assertThat(Columns.read(LAYOUT, List.of(), List.of("f/ttl"))).containsExactly(0, 1, 3);
    assertThat(Columns.read(LAYOUT, List.of("g/time"), List.of())).containsExactly(0);
  }

  @Test
  void namesThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> Columns.read(LAYOUT, List.of("bytes"), List.of()))
        .isInstanceOf(TrainerException.class)
        .hasMessage("the views have no column bytes to exclude: name it as VIEW/COLUMN");
    assertThatThrownBy(() -> Columns.read(LAYOUT, List.of(), List.of("f/bytes")))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("[f/ttl, g/port], and f/bytes is none of them");
  }
}
