package io.caracal.trainer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final List<String> NAMES = List.of("bytes", "ttl", "port", "time");
  private static final List<String> LEAKS = List.of("ttl", "port");

  @Test
  void whatLeaksIsLeftOutUnlessAskedFor() {
    assertThat(Columns.read(NAMES, LEAKS, List.of(), List.of())).containsExactly(0, 3);
    assertThat(Columns.read(NAMES, LEAKS, List.of(), List.of("ttl"))).containsExactly(0, 1, 3);
    assertThat(Columns.read(NAMES, LEAKS, List.of("time"), List.of())).containsExactly(0);
    assertThat(Columns.read(NAMES, List.of(), List.of(), List.of())).containsExactly(0, 1, 2, 3);
  }

  @Test
  void namesThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> Columns.read(NAMES, LEAKS, List.of("size"), List.of()))
        .isInstanceOf(TrainerException.class)
        .hasMessage("the view has no column size to exclude");
    assertThatThrownBy(() -> Columns.read(NAMES, LEAKS, List.of(), List.of("bytes")))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("[ttl, port], and bytes is none of them");
  }
}
