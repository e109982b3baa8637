package io.caracal.trainer.mutate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutatorTest {
  private static final int SNAP = 200;
  private static final int SYN_ACK = Segment.SYN | Segment.ACK;
  private static final int DATA = Segment.PSH | Segment.ACK;
  private static final int END = Segment.FIN | Segment.ACK;
  private static final String HEADER =
      "start\tend\tproto\tsrc\tsport\tdst\tdport\tpkts_fwd\tpkts_rev\tbytes_fwd\tbytes_rev\tlabel"
          + "\tdetail\tattack_id\n";

  @TempDir Path folder;

  /**
   * A request of 100 bytes sent twice, an answer, a request of 400 bytes cut by the capture, the
   * end.
   */
  private static List<Packet> conversation(double at) {
    int client = -50;
    int server = 7000;
    return List.of(
        Frames.tcp(at, true, client, 0, Segment.SYN, 0, SNAP),
        Frames.tcp(at + 0.001, false, server, client + 1, SYN_ACK, 0, SNAP),
        Frames.tcp(at + 0.002, true, client + 1, server + 1, DATA, 100, SNAP),
        Frames.tcp(at + 0.250, true, client + 1, server + 1, DATA, 100, SNAP),
        Frames.tcp(at + 0.260, false, server + 1, client + 101, DATA, 300, SNAP),
        Frames.tcp(at + 0.300, true, client + 101, server + 301, DATA, 400, SNAP),
        Frames.tcp(at + 0.310, false, server + 301, client + 501, Segment.ACK, 0, SNAP),
        Frames.tcp(at + 0.400, true, client + 501, server + 301, END, 0, SNAP),
        Frames.tcp(at + 0.410, false, server + 301, client + 502, Segment.ACK, 0, SNAP));
  }

  @BeforeEach
  void write() throws IOException {
    List<Packet> packets = new ArrayList<>(conversation(1000));
    packets.addAll(conversation(2000));
    new PcapFile(SNAP, packets).write(folder.resolve("before.pcap"));
    String row = "\t6\t10.0.0.1\t40000\t10.0.0.2\t80\t5\t4\t870\t516\t";
    Files.writeString(
        folder.resolve("before.tsv"),
        HEADER
            + "1000.0\t1000.41"
            + row
            + "brute_http\ttool\t1\n"
            + "2000.0\t2000.41"
            + row
            + "benign\tweb\t\n");
  }

  private Mutator.Result mutate(String mutation, String name) {
    return new Mutator(Mutation.parse(mutation), 7)
        .mutate(
            folder.resolve("before.pcap"),
            folder.resolve("before.tsv"),
            folder.resolve(name + ".pcap"),
            folder.resolve(name + ".tsv"));
  }

  private List<Packet> attack(String name) {
    return PcapFile.read(folder.resolve(name + ".pcap")).packets().stream()
        .filter(packet -> packet.timeNanos < 1_900_000_000_000L)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pad=2",
        "split=1",
        "dummy=1",
        "delay=0.5",
        "jitter=1",
        "pad=1,split=0.7,dummy=0.7,delay=0.1,jitter=0.5"
      })
  void theConnectionStaysWhole(String mutation) {
    Mutator.Result result = mutate(mutation, "after");
    assertThat(result.changed()).containsExactly(0);
    List<Packet> packets = attack("after");
    long last = 0;
    int clientNext = -50;
    int serverNext = 7000;
    for (Packet packet : packets) {
      assertThat(packet.timeNanos).isGreaterThanOrEqualTo(last);
      last = packet.timeNanos;
      Segment segment = Segment.of(packet).orElseThrow();
      assertThat(Frames.ipChecksumHolds(packet)).isTrue();
      boolean client = segment.sourcePort() == Frames.CLIENT;
      int next = client ? clientNext : serverNext;
      int opposite = client ? serverNext : clientNext;
      if (packet.bytes.length == packet.wireLength) {
        assertThat(segment.checksumHolds()).isTrue();
      }
      // Nothing is sent before its place in the stream, nothing acknowledged that was not sent.
      assertThat(next - segment.sequence()).isGreaterThanOrEqualTo(0);
      if (segment.has(Segment.ACK)) {
        assertThat(opposite - segment.acknowledgment()).isZero();
      }
      int ends = segment.has(Segment.SYN) || segment.has(Segment.FIN) ? 1 : 0;
      int after = segment.sequence() + segment.payloadLength() + ends;
      if (client) {
        clientNext = Math.max(clientNext, after);
      } else {
        serverNext = Math.max(serverNext, after);
      }
    }
    assertThat(clientNext).isGreaterThanOrEqualTo(-50 + 502);
    assertThat(serverNext).isEqualTo(7000 + 301);
  }

  @Test
  void paddingGrowsWhatTheAttackerSendsAndARetransmissionStaysOne() {
    mutate("pad=2", "after");
    List<Packet> packets = attack("after");
    int first = Segment.of(packets.get(2)).orElseThrow().payloadLength();
    assertThat(first).isBetween(101, 300);
    assertThat(packets.get(3).bytes).isEqualTo(packets.get(2).bytes);
    assertThat(Segment.of(packets.get(4)).orElseThrow().payloadLength()).isEqualTo(300);
    assertThat(packets.get(2).bytes).hasSizeLessThanOrEqualTo(SNAP);
    assertThat(packets.get(2).wireLength).isEqualTo(54 + first);
  }

  @Test
  void splittingAddsPacketsButNoData() {
    Mutator.Result result = mutate("split=1", "after");
    assertThat(result.packetsAfter()).isEqualTo(result.packetsBefore() + 3);
    int data =
        attack("after").stream()
            .map(packet -> Segment.of(packet).orElseThrow())
            .filter(segment -> segment.sourcePort() == Frames.CLIENT)
            .mapToInt(Segment::payloadLength)
            .sum();
    assertThat(data).isEqualTo(600);
  }

  @Test
  void theTruthFollows() {
    mutate("dummy=1,delay=0.2", "after");
    TruthFlow flow = Truth.read(folder.resolve("after.tsv")).flows().getFirst();
    List<Packet> packets = attack("after");
    assertThat(flow.startNanos()).isEqualTo(packets.getFirst().timeNanos);
    assertThat(flow.endNanos()).isEqualTo(packets.getLast().timeNanos);
    assertThat(folder.resolve("after.tsv"))
        .content()
        .contains("\t8\t4\t" + (870 + 3 * 54) + "\t516\t")
        .contains("brute_http\ttool +dummy=1.0,delay=0.2\t1\n")
        .contains("benign\tweb\t\n");
  }

  @Test
  void benignFlowsStayAndTheSameSeedGivesTheSameBytes() {
    mutate("pad=1,split=0.5,dummy=0.5,delay=0.1,jitter=1", "one");
    mutate("pad=1,split=0.5,dummy=0.5,delay=0.1,jitter=1", "two");
    assertThat(folder.resolve("one.pcap")).hasSameBinaryContentAs(folder.resolve("two.pcap"));
    List<Packet> all = PcapFile.read(folder.resolve("one.pcap")).packets();
    List<Packet> benign = all.subList(all.size() - 9, all.size());
    List<Packet> before = conversation(2000);
    for (int i = 0; i < before.size(); i++) {
      assertThat(benign.get(i).bytes).isEqualTo(before.get(i).bytes);
      assertThat(benign.get(i).timeNanos).isEqualTo(before.get(i).timeNanos);
    }
  }

  @Test
  void wrongInputIsNamed() throws IOException {
    assertThatThrownBy(() -> Mutation.parse("padd=1"))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("padd")
        .hasMessageContaining("pad=0.3");
    assertThatThrownBy(() -> Mutation.parse("split=2")).hasMessageContaining("shares");
    assertThatThrownBy(() -> Mutation.parse("split")).hasMessageContaining("split");
    Path cut = folder.resolve("cut.pcap");
    byte[] whole = Files.readAllBytes(folder.resolve("before.pcap"));
    Files.write(cut, Arrays.copyOf(whole, whole.length - 5));
    assertThatThrownBy(() -> PcapFile.read(cut)).hasMessageContaining("cut after 17 packets");
  }
}
