package io.caracal.export.ipfix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.testkit.RowView;
import io.caracal.testkit.SampleFlows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpfixFormatTest {
  private static final int IPV4_RECORD = 83;
  private static final int IPV6_RECORD = 107;
  private static final long START_MILLIS = SampleFlows.START / 1_000_000;

  private final IpfixFormat format = new IpfixFormat();
  private final FlowBatch flows = SampleFlows.batch(List.of());

  private FlowOutput open(String destination) throws IOException {
    return format.open(destination, List.of(), FlowSettings.DEFAULT);
  }

  /** What a collector on UDP receives of the sample flows, a message each. */
  private List<ByteBuffer> datagrams() throws IOException {
    List<ByteBuffer> messages = new ArrayList<>();
    try (DatagramChannel collector = DatagramChannel.open()) {
      collector.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = ((InetSocketAddress) collector.getLocalAddress()).getPort();
      try (FlowOutput output = open("ipfix://127.0.0.1:" + port)) {
        output.write(flows);
      }
      collector.configureBlocking(false);
      ByteBuffer message = ByteBuffer.allocate(2000);
      while (collector.receive(message) != null) {
        messages.add(message.flip());
        message = ByteBuffer.allocate(2000);
      }
    }
    return messages;
  }

  /** Checks a message's header and that of its only set; what follows are the records. */
  private static void header(ByteBuffer message, int sequence, int set) {
    assertThat(message.getShort()).as("version").isEqualTo((short) 10);
    assertThat(message.getShort()).as("length").isEqualTo((short) message.limit());
    message.getInt(); // time of export, of the wall clock
    assertThat(message.getInt()).as("sequence number").isEqualTo(sequence);
    assertThat(message.getInt()).as("observation domain").isEqualTo(1);
    assertThat(message.getShort()).as("set").isEqualTo((short) set);
    assertThat(message.getShort()).as("length of set").isEqualTo((short) (message.limit() - 16));
  }

  @Test
  void templatesComeFirst() throws IOException {
    ByteBuffer message = datagrams().getFirst();
    header(message, 0, 2);
    for (int template : new int[] {256, 257}) {
      assertThat(message.getShort()).isEqualTo((short) template);
      int fields = message.getShort();
      assertThat(fields).isEqualTo(22);
      int bytes = 0;
      int reverse = 0;
      for (int field = 0; field < fields; field++) {
        boolean enterprise = message.getShort() < 0;
        bytes += message.getShort();
        if (enterprise) {
          assertThat(message.getInt()).isEqualTo(29_305);
          reverse++;
        }
      }
      assertThat(bytes).isEqualTo(template == 256 ? IPV4_RECORD : IPV6_RECORD);
      assertThat(reverse).isEqualTo(5);
    }
    assertThat(message.hasRemaining()).isFalse();
  }

  @Test
  void aRecordHoldsBothDirections() throws IOException {
    ByteBuffer message = datagrams().get(1);
    header(message, 0, 256);
    assertThat(message.remaining()).isEqualTo(IPV4_RECORD);
    assertThat(message.getInt()).isEqualTo(0x0A000005);
    assertThat(message.getInt()).isEqualTo(0xC0000207);
    assertThat(message.getShort()).as("ICMP").isZero();
    assertThat(message.getLong()).isEqualTo(START_MILLIS);
    assertThat(message.getLong()).isEqualTo(START_MILLIS + 1500);
    assertThat(message.getShort() & 0xFFFF).isEqualTo(40_312);
    assertThat(message.getShort()).isEqualTo((short) 80);
    assertThat(message.get()).isEqualTo((byte) 6);
    assertThat(message.get()).as("end of flow detected").isEqualTo((byte) 3);
    assertThat(message.get()).as("forward by the initiator").isEqualTo((byte) 1);
    assertThat(message.getLong()).isEqualTo(7);
    assertThat(message.getShort()).as("VLAN").isEqualTo((short) 100);
    assertThat(message.getLong()).isEqualTo(652);
    assertThat(message.getLong()).isEqualTo(6);
    assertThat(message.getShort()).isEqualTo((short) 0x1B);
    assertThat(new byte[] {message.get(), message.get()}).containsExactly(64, 64);
    assertThat(message.getLong()).isEqualTo(17_417_477);
    assertThat(message.getLong()).isEqualTo(16_005);
    assertThat(message.getShort()).isEqualTo((short) 0x1B);
    assertThat(new byte[] {message.get(), message.get()}).containsExactly(57, 58);
  }

  @Test
  void anotherVersionOfIpIsAnotherSetAndRecordsAreCounted() throws IOException {
    List<ByteBuffer> messages = datagrams();
    assertThat(messages).hasSize(4);
    ByteBuffer ipv6 = messages.get(2);
    header(ipv6, 1, 257);
    assertThat(ipv6.remaining()).isEqualTo(IPV6_RECORD);
    assertThat(ipv6.getLong()).isEqualTo(0x20010DB8_00000000L);
    assertThat(ipv6.getLong()).isEqualTo(5);
    ByteBuffer icmp = messages.get(3);
    header(icmp, 2, 256);
    icmp.getLong(); // addresses
    assertThat(icmp.getShort()).as("type 3, code 1").isEqualTo((short) 0x0301);
    icmp.position(icmp.position() + 16);
    assertThat(icmp.getInt()).as("ports").isZero();
    assertThat(icmp.getShort(icmp.position())).as("ICMP, forced end").isEqualTo((short) 0x0104);
  }

  @Test
  void overTcpMessagesFollowEachOther() throws IOException {
    try (ServerSocket collector = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (FlowOutput output = open("ipfix+tcp://127.0.0.1:" + collector.getLocalPort())) {
        output.write(flows);
      }
      try (Socket connection = collector.accept()) {
        ByteBuffer stream = ByteBuffer.wrap(connection.getInputStream().readAllBytes());
        int messages = 0;
        while (stream.hasRemaining()) {
          assertThat(stream.getShort(stream.position())).isEqualTo((short) 10);
          stream.position(stream.position() + stream.getShort(stream.position() + 2));
          messages++;
        }
        assertThat(messages).isEqualTo(4);
      }
    }
  }

  @Test
  void aPortWhereNobodyListensIsSaid() throws IOException {
    int port;
    try (DatagramChannel gone = DatagramChannel.open()) {
      gone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      port = ((InetSocketAddress) gone.getLocalAddress()).getPort();
    }
    FlowOutput output = open("ipfix://127.0.0.1:" + port);
    assertThatThrownBy(
            () -> {
              while (true) {
                output.write(flows);
                output.flush();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("no collector listens there");
  }

  @Test
  void aDestinationThatIsNoneIsNamedWithTheRemedy() {
    for (String wrong : List.of("ipfix://host", "ipfix+sctp://host:4739", "ipfix://:4739", "x y")) {
      assertThatThrownBy(() -> open(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              wrong
                  + " names no collector; write ipfix://HOST:PORT for UDP or"
                  + " ipfix+tcp://HOST:PORT for TCP");
    }
  }

  @Test
  void nobodyThereIsOneSentence() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertThatThrownBy(() -> open("ipfix+tcp://127.0.0.1:" + closed))
        .isInstanceOf(IOException.class)
        .hasMessage("no collector answers there (Connection refused)");
  }

  @Test
  void viewsAreRefused() {
    assertThatThrownBy(() -> format.views(List.of(RowView.of("any", 1)), List.of()))
        .hasMessage("IPFIX has no elements for views; leave --view out or write a file");
  }
}
