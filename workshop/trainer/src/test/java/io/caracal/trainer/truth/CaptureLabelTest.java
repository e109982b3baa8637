package io.caracal.trainer.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureLabelTest {
  private static final String HEADER = "pcap\tlabel\tfamily\tscope\tattacker_ip\n";
  private static final Address ONE = Address.parse("10.0.0.1");
  private static final Address TWO = Address.parse("10.0.0.2");

  @TempDir Path folder;

  private Path file(String rows) throws IOException {
    return Files.writeString(folder.resolve("labels.tsv"), HEADER + rows);
  }

  @Test
  void theScopeSaysWhichFlowsTheLabelHoldsFor() throws IOException {
    List<CaptureLabel> labels =
        CaptureLabel.read(
            file(
                """
                a.pcap\tscan\tsyn\tmatch\t10.0.0.2
                b.pcap\tc2\tbeacon\tcontains\tsomebody
                c.pcap\tbenign\t\tall\t
                d.pcap\tunknown\t\tnone\t
                """));
    assertThat(labels)
        .extracting(CaptureLabel::capture)
        .containsExactly("a.pcap", "b.pcap", "c.pcap");
    assertThat(labels.get(0).holdsFor(ONE, TWO)).isTrue();
    assertThat(labels.get(0).holdsFor(TWO, ONE)).isTrue();
    assertThat(labels.get(0).holdsFor(ONE, ONE)).isFalse();
    assertThat(labels.get(1).holdsFor(ONE, TWO)).isFalse();
    assertThat(labels.get(2).holdsFor(ONE, TWO)).isTrue();
    assertThat(labels.get(2).benign()).isTrue();
  }

  @Test
  void aWrongRowIsNamed() throws IOException {
    Path scope = file("a.pcap\tscan\tsyn\tall\t\nb.pcap\tscan\tsyn\tsome\t\n");
    assertThatThrownBy(() -> CaptureLabel.read(scope))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("some");
    Path match = file("a.pcap\tscan\tsyn\tmatch\t\n");
    assertThatThrownBy(() -> CaptureLabel.read(match)).hasMessageContaining("line 2");
    Path cut = file("a.pcap\tscan\n");
    assertThatThrownBy(() -> CaptureLabel.read(cut)).hasMessageContaining("line 2");
    Path other = Files.writeString(folder.resolve("other.tsv"), "pcap\tlabel\n");
    assertThatThrownBy(() -> CaptureLabel.read(other)).hasMessageContaining("column family");
  }
}
