package io.caracal.trainer.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.truth.FlowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowRowsTest {
  private static final String HEADER =
      "{\"format\":\"caracal-rows/1\",\"columns\":[\"cic/Dst Port\",\"cic/Protocol\",\"rf/score\"],"
          + "\"views\":[{\"name\":\"cic\",\"version\":\"1.0\",\"shape\":[2]}],"
          + "\"flows\":{\"idleTimeout\":120},\"thresholds\":{\"rf\":0.5}}";

  @TempDir Path folder;

  private Path table() throws IOException {
    return new RowsWriter(HEADER)
        .add(
            new RowsWriter.Identity(7, 1.5, 2.25, "10.0.0.2", 40000, "10.0.0.1", 443, 6, 9),
            443,
            6,
            Float.NaN)
        .add(
            new RowsWriter.Identity(8, 3, 3, "2001:db8::1", 1, "2001:db8::2", 2, 58, 1),
            2,
            58,
            .25f)
        .write(folder.resolve("t.rows"));
  }

  @Test
  void readsWhatTheFormatSays() throws IOException {
    try (FlowRows rows = FlowRows.open(table())) {
      assertThat(rows.count()).isEqualTo(2);
      assertThat(rows.flowId(0)).isEqualTo(7);
      assertThat(rows.startNanos(0)).isEqualTo(1_500_000_000L);
      assertThat(rows.lastNanos(0)).isEqualTo(2_250_000_000L);
      assertThat(rows.packets(0)).isEqualTo(9);
      assertThat(rows.key(0))
          .isEqualTo(
              FlowKey.of(Address.parse("10.0.0.1"), 443, Address.parse("10.0.0.2"), 40000, 6));
      assertThat(rows.source(1)).isEqualTo(Address.parse("2001:db8::1"));
      assertThat(rows.value(0, 2)).isNaN();
      assertThat(rows.value(1, 2)).isEqualTo(.25f);
      float[] copy = new float[3];
      rows.copy(1, 0, 2, copy, 1);
      assertThat(copy).containsExactly(0, 2, 58);
      assertThat(rows.header().columnNames("cic")).containsExactly("Dst Port", "Protocol");
      assertThat(rows.header().thresholds()).containsEntry("rf", 0.5);
    }
  }

  @Test
  void refusesATableThatIsCutShort() throws IOException {
    byte[] bytes = Files.readAllBytes(table());
    Path cut = Files.write(folder.resolve("cut.rows"), Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> FlowRows.open(cut))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void refusesWhatIsNoTable() throws IOException {
    Path text = Files.writeString(folder.resolve("x"), "hello\nworld");
    assertThatThrownBy(() -> FlowRows.open(text)).isInstanceOf(TrainerException.class);
    Path other = Files.writeString(folder.resolve("y"), "{\"format\":\"caracal-rows/2\"}\n");
    assertThatThrownBy(() -> FlowRows.open(other)).hasMessageContaining("caracal-rows/2");
  }
}
