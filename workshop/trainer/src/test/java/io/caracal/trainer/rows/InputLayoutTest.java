package io.caracal.trainer.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputLayoutTest {
  private static final String HEADER =
      "{\"format\":\"caracal-rows/1\",\"columns\":[\"a/x\",\"a/ttl\",\"p/0\",\"p/1\",\"p/2\",\"p/3\"],"
          + "\"views\":[{\"name\":\"a\",\"version\":\"1.2\",\"shape\":[2],\"leaks\":[\"ttl\"]},"
          + "{\"name\":\"p\",\"version\":\"1.0\",\"shape\":[2,2]}]}";

  @TempDir Path folder;

  private InputLayout layout(String... views) throws IOException {
    Path table = new RowsWriter(HEADER).write(folder.resolve("t.rows"));
    return InputLayout.of(FlowRows.header(table), List.of(views));
  }

  @Test
  void viewsStandInTheOrderAskedFor() throws IOException {
    InputLayout layout = layout("p", "a");
    assertThat(layout.width()).isEqualTo(6);
    assertThat(layout.columnNames()).containsExactly("p/0", "p/1", "p/2", "p/3", "a/x", "a/ttl");
    assertThat(layout.leaks()).containsExactly("a/ttl");
    assertThat(layout.input("a").offset()).isEqualTo(4);
    assertThat(layout.input("a").version()).isEqualTo("1.2");
    assertThat(layout.flat()).extracting(InputLayout.Input::name).containsExactly("a");
  }

  @Test
  void saysWhichViewIsNotThere() throws IOException {
    InputLayout one = layout("a");
    assertThatThrownBy(() -> one.input("p"))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("needs the view p")
        .hasMessageContaining("[a]");
    assertThatThrownBy(() -> layout("a", "graph")).hasMessageContaining("the view graph");
    assertThatThrownBy(() -> layout("a", "a")).hasMessageContaining("[a, a]");
    assertThatThrownBy(() -> layout()).hasMessageContaining("at least one view");
  }
}
