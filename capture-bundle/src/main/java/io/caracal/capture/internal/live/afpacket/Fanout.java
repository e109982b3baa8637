package io.caracal.capture.internal.live.afpacket;

import io.caracal.capture.internal.live.LinkTypes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;

/** Joins sockets to a group among which the kernel divides the frames of an interface. */
final class Fanout {
  private static final int BY_PROGRAM = 6;
  private static final int UNIQUE_ID = 0x2000;
  private static final int IGNORE_OUTGOING = 0x4000;

  private Fanout() {}

  /** Joins the sockets; the first is lane 0. */
  static void join(List<AfPacketInput> lanes) throws IOException {
    AfPacketInput first = lanes.getFirst();
    PacketSocket socket = first.socket();
    int type = BY_PROGRAM | (first.loopback() ? IGNORE_OUTGOING : 0);
    socket.set(PacketSocket.PACKET_FANOUT, (type | UNIQUE_ID) << 16);
    int group = socket.get(PacketSocket.PACKET_FANOUT) & 0xffff;
    for (AfPacketInput lane : lanes.subList(1, lanes.size())) {
      lane.socket().set(PacketSocket.PACKET_FANOUT, type << 16 | group);
    }
    try (Arena arena = Arena.ofConfined()) {
      socket.set(
          PacketSocket.SOL_PACKET,
          PacketSocket.PACKET_FANOUT_DATA,
          program(first.linkType()).program(arena));
    }
  }

  static SocketFilter program(int linkType) {
    return linkType == LinkTypes.ETHERNET ? LaneProgram.ethernet() : LaneProgram.rawIp();
  }
}
