package io.caracal.trainer.mutate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutterTest {
  private static final int SNAP = 200;
  private static final String TRUTH =
      """
      start\tend\tproto\tsrc\tsport\tdst\tdport\tlabel\tdetail\tattack_id
      1000.0\t1009.0\t6\t10.0.0.1\t40000\t10.0.0.2\t80\tbenign\tweb\t
      1010.0\t1029.0\t6\t10.0.0.1\t40000\t10.0.0.2\t80\tscan_syn\tnmap\t1
      """;

  @TempDir private Path folder;

  /** A packet a second: ten of a benign flow, then thirty of the same ends, twenty an attack's. */
  @BeforeEach
  void write() throws IOException {
    List<Packet> packets = new ArrayList<>();
    for (int second = 0; second < 40; second++) {
      packets.add(Frames.tcp(1000 + second, true, 1, 0, Segment.ACK, 0, SNAP));
    }
    new PcapFile(SNAP, packets).write(folder.resolve("whole.pcap"));
    Files.writeString(folder.resolve("truth.tsv"), TRUTH);
  }

  private List<Long> cut(double from, double to, boolean benign) {
    Path cut = folder.resolve("cut.pcap");
    new Cutter(from, to, benign)
        .cut(folder.resolve("whole.pcap"), folder.resolve("truth.tsv"), cut);
    return PcapFile.read(cut).packets().stream().map(p -> p.timeNanos / 1_000_000_000).toList();
  }

  @Test
  void halvesShareNothingAndAreTheWhole() {
    List<Long> first = cut(0, 0.5, false);
    List<Long> second = cut(0.5, 1, false);
    assertThat(first).hasSize(20).doesNotContainAnyElementsOf(second);
    assertThat(second).hasSize(20);
  }

  @Test
  void packetsOfAttacksAreLeftOut() {
    assertThat(cut(0, 1, true)).hasSize(20).doesNotContain(1010L, 1029L).contains(1009L, 1030L);
  }
}
