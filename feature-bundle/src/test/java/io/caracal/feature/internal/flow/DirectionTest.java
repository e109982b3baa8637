package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.feature.internal.Packet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectionTest {
  private final FlowMemory flows = new FlowMemory(1);
  private final DirectionCounter counter = new DirectionCounter(flows.memory());
  private final long flow = flows.at(flows.take());
  private final StoredDirection direction = new StoredDirection(flows);

  @BeforeEach
  void readBackward() {
    direction.at(flow, FlowLayout.BACKWARD);
  }

  private void send(Packet... packets) {
    for (Packet packet : packets) {
      counter.count(flow + FlowLayout.BACKWARD, packet.headers());
    }
  }

  private static Packet segment(long sequence, int payload) {
    return Packet.tcp(0, ACK, payload).sequence(sequence);
  }

  @Test
  void aSegmentSeenBeforeIsARetransmission() {
    send(segment(100, 50), segment(150, 50), segment(100, 50), segment(120, 80), segment(150, 60));
    assertThat(direction.retransmittedPackets()).isEqualTo(2);
    assertThat(direction.retransmittedBytes()).isEqualTo(130);
  }

  @Test
  void sequenceNumbersWrap() {
    long nearEnd = 0xffff_fff0L;
    send(segment(nearEnd, 32), segment(16, 100));
    assertThat(direction.retransmittedPackets()).isZero();
    send(segment(nearEnd, 32));
    assertThat(direction.retransmittedPackets()).isEqualTo(1);
    assertThat(direction.retransmittedBytes()).isEqualTo(32);
  }

  @Test
  void synAndFinTakeASequenceNumberAndRstIsIgnored() {
    send(
        Packet.tcp(0, SYN, 0).sequence(99),
        Packet.tcp(1, RST, 0).sequence(5_000),
        segment(100, 10),
        Packet.tcp(2, FIN | ACK, 0).sequence(110),
        segment(100, 10));
    assertThat(direction.retransmittedPackets()).isEqualTo(1);
  }

  @Test
  void keepAlivesAreNotRetransmissions() {
    send(segment(100, 50), segment(149, 0), segment(149, 1));
    assertThat(direction.retransmittedPackets()).isZero();
  }

  @Test
  void windowsTtlHeadersAndFlags() {
    send(
        Packet.tcp(0, SYN, 0).window(64240).header(40).ttl(128),
        Packet.tcp(1, PSH | ACK, 7).window(65535).header(32).ttl(57),
        Packet.tcp(2, ACK, 0).window(12).header(20).ttl(255));
    assertThat(direction.initialWindow()).isEqualTo(64240);
    assertThat(direction.maxWindow()).isEqualTo(65535);
    assertThat(direction.minTtl()).isEqualTo(57);
    assertThat(direction.maxTtl()).isEqualTo(255);
    assertThat(direction.minTransportHeader()).isEqualTo(20);
    assertThat(direction.transportHeaderBytes()).isEqualTo(92);
    assertThat(direction.flagCount(ACK)).isEqualTo(2);
    assertThat(direction.flagCount(SYN)).isEqualTo(1);
    assertThat(direction.flagCount(FIN)).isZero();
    assertThat(direction.payloadPackets()).isEqualTo(1);
    assertThatThrownBy(() -> direction.flagCount(SYN | ACK)).hasMessageContaining("18");
  }

  @Test
  void aLaterFragmentHasNoTcpHeader() {
    send(Packet.tcp(0, 0, 1400).header(0).window(0));
    assertThat(direction.initialWindow()).isEqualTo(-1);
    assertThat(direction.minTransportHeader()).isZero();
    assertThat(direction.payloadBytes()).isEqualTo(1400);
  }

  @Test
  void timeThatGoesBackwardsCountsAsNoTime() {
    send(Packet.udp(100, 1), Packet.udp(90, 1), Packet.udp(130, 1));
    assertThat(direction.interArrival().count()).isEqualTo(2);
    assertThat(direction.interArrival().min()).isZero();
    assertThat(direction.interArrival().max()).isEqualTo(30_000);
    assertThat(direction.interArrival().sum()).isEqualTo(30_000);
  }

  @Test
  void anEmptyDirectionIsAllZero() {
    assertThat(direction.payloadLength().mean()).isZero();
    assertThat(direction.interArrival().min()).isZero();
    assertThat(direction.interArrival().deviation()).isZero();
    assertThat(direction.bulkBytes() + direction.bulks() + direction.bulkNanos()).isZero();
  }
}
