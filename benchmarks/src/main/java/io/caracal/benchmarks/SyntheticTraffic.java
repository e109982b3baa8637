package io.caracal.benchmarks;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;

import io.caracal.api.packet.PacketHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Seeded traffic of the shape that captures show: many look-ups of two packets, refused
 * connections, and TCP sessions of a heavy-tailed length that carry most packets; thousands at a
 * time, interleaved.
 */
final class SyntheticTraffic {
  private static final int CONCURRENT = 4096;
  private static final long START_NANOS = 1_700_000_000_000_000_000L;
  private static final double MEAN_GAP_NANOS = 10_000;

  private final Random random;
  private final Conversation[] conversations = new Conversation[CONCURRENT];
  private long now = START_NANOS;

  SyntheticTraffic(long seed) {
    random = new Random(seed);
    for (int i = 0; i < CONCURRENT; i++) {
      conversations[i] = new Conversation();
    }
  }

  List<PacketHeaders> packets(int count) {
    List<PacketHeaders> packets = new ArrayList<>(count);
    while (packets.size() < count) {
      now += Math.round(-Math.log(1 - random.nextDouble()) * MEAN_GAP_NANOS);
      int which = random.nextInt(CONCURRENT);
      packets.add(conversations[which].next());
      if (conversations[which].over()) {
        conversations[which] = new Conversation();
      }
    }
    return packets;
  }

  /** One exchange between a client of 10.0.0.0/16 and a server of 192.0.2.0/24. */
  private final class Conversation {
    private final boolean tcp = random.nextInt(100) < 40;
    private final boolean refused = tcp && random.nextInt(3) == 0;
    private final int length = length();
    private final long client = 0x0A00_0000L | random.nextInt(1 << 16);
    private final long server = 0xC000_0200L | random.nextInt(1 << 8);
    private final int clientPort = 1024 + random.nextInt(64_512);
    private final int serverPort = tcp ? 443 : 53;
    private final long[] sequence = {random.nextInt(), random.nextInt()};
    private int sent;

    private int length() {
      if (!tcp || refused) {
        return 2;
      }
      // Pareto with exponent 1.2: the median session has about 15 packets, a few have thousands.
      return (int) Math.min(20_000, 8 * Math.pow(1 - random.nextDouble(), -1 / 1.2));
    }

    boolean over() {
      return sent == length;
    }

    PacketHeaders next() {
      boolean forward = forward();
      PacketHeaders packet = new PacketHeaders();
      packet.timeNanos = now;
      packet.sourceLow = forward ? client : server;
      packet.destinationLow = forward ? server : client;
      packet.sourcePort = forward ? clientPort : serverPort;
      packet.destinationPort = forward ? serverPort : clientPort;
      packet.protocol = tcp ? PacketHeaders.TCP : PacketHeaders.UDP;
      packet.ttl = forward ? 64 : 57;
      packet.ipHeaderLength = 20;
      packet.transportHeaderLength = tcp ? 32 : 8;
      packet.payloadLength = payload(forward);
      packet.ipLength = 20 + packet.transportHeaderLength + packet.payloadLength;
      if (tcp) {
        int side = forward ? 0 : 1;
        packet.tcpFlags = flags(packet.payloadLength);
        packet.tcpWindow = 501;
        packet.tcpSequence = sequence[side] & 0xffff_ffffL;
        sequence[side] += packet.payloadLength;
      }
      sent++;
      return packet;
    }

    private boolean forward() {
      return switch (sent) {
        case 0, 2, 3 -> true;
        case 1 -> false;
        default -> sent == length - 1 || random.nextInt(3) == 0;
      };
    }

    private int payload(boolean forward) {
      if (!tcp) {
        return forward ? 40 : 40 + random.nextInt(200);
      }
      boolean data = sent > 2 && sent < length - 2;
      return data && random.nextInt(3) > 0 ? (forward ? 200 : 1448) : 0;
    }

    private int flags(int payload) {
      if (sent == 0) {
        return SYN;
      }
      if (sent == 1) {
        return refused ? RST | ACK : SYN | ACK;
      }
      return sent >= length - 2 ? FIN | ACK : payload > 0 ? PSH | ACK : ACK;
    }
  }
}
