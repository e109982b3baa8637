package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.PacketHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules by which packets become flows, written down once more in the plainest way: objects, a
 * search through all flows, every packet kept. Without checkpoints and eviction.
 */
final class ReferenceTable {
  private static final long LINGER = 1_000_000_000L;

  /** An ended flow: its packets, and for each whether the initiator sent it. */
  record Ended(long id, EndReason reason, List<PacketHeaders> packets, List<Boolean> forward) {}

  private static final class Open {
    private final long id;
    private final PacketHeaders initiators;
    private final List<PacketHeaders> packets = new ArrayList<>();
    private final List<Boolean> forward = new ArrayList<>();
    private boolean forwardFin;
    private boolean backwardFin;
    private EndReason reason = EndReason.CHECKPOINT;
    private long activeAt;

    private Open(long id, PacketHeaders initiators) {
      this.id = id;
      this.initiators = initiators;
    }

    private long last() {
      return packets.stream().mapToLong(packet -> packet.timeNanos).max().orElseThrow();
    }
  }

  private final long idle;
  private final long active;
  private final Map<List<Object>, Open> flows = new HashMap<>();
  private final List<Ended> ended = new ArrayList<>();
  private long clock = Long.MIN_VALUE;
  private long ids;

  ReferenceTable(FlowSettings settings) {
    idle = settings.idleTimeout().toNanos();
    active = settings.activeTimeout().toNanos();
  }

  void accept(PacketHeaders packet) {
    clock = Math.max(clock, packet.timeNanos);
    expire();
    Open flow = flows.get(key(packet));
    if (flow != null && isOver(flow, packet)) {
      end(flow, EndReason.IDLE);
      flow = null;
    }
    if (flow == null) {
      boolean answer = (packet.tcpFlags & (SYN | ACK)) == (SYN | ACK);
      flow = new Open(ids++, answer ? reversed(packet) : packet);
      flows.put(key(packet), flow);
    } else if (flow.reason == EndReason.CHECKPOINT
        && packet.timeNanos - flow.packets.get(0).timeNanos > active) {
      Open before = flow;
      end(before, EndReason.ACTIVE);
      flow = new Open(ids++, before.initiators);
      flow.forwardFin = before.forwardFin;
      flow.backwardFin = before.backwardFin;
      flows.put(key(packet), flow);
    }
    count(flow, packet);
  }

  private boolean isOver(Open flow, PacketHeaders packet) {
    boolean opens = (packet.tcpFlags & (SYN | ACK)) == SYN;
    return (flow.reason != EndReason.CHECKPOINT && opens)
        || Math.abs(packet.timeNanos - flow.last()) > idle;
  }

  private void count(Open flow, PacketHeaders packet) {
    boolean forward = end(packet, true).equals(end(flow.initiators, true));
    flow.packets.add(packet);
    flow.forward.add(forward);
    if (flow.reason != EndReason.CHECKPOINT) {
      return;
    }
    flow.activeAt = clock;
    flow.forwardFin |= forward && (packet.tcpFlags & FIN) != 0;
    flow.backwardFin |= !forward && (packet.tcpFlags & FIN) != 0;
    if ((packet.tcpFlags & RST) != 0) {
      flow.reason = EndReason.RST;
    } else if (flow.forwardFin && flow.backwardFin && (packet.tcpFlags & FIN) != 0) {
      flow.reason = EndReason.FIN;
    }
  }

  private void expire() {
    for (Open flow : List.copyOf(flows.values())) {
      long patience = flow.reason == EndReason.CHECKPOINT ? idle : LINGER;
      if (clock - flow.activeAt > patience) {
        end(flow, EndReason.IDLE);
      }
    }
  }

  private void end(Open flow, EndReason why) {
    flows.remove(key(flow.packets.get(0)));
    EndReason reason = flow.reason == EndReason.CHECKPOINT ? why : flow.reason;
    ended.add(new Ended(flow.id, reason, flow.packets, flow.forward));
  }

  /** Ends all flows; all that have ended, by number. */
  List<Ended> flush() {
    List.copyOf(flows.values()).forEach(flow -> end(flow, EndReason.END_OF_CAPTURE));
    ended.sort(Comparator.comparingLong(Ended::id));
    return ended;
  }

  private static List<Object> key(PacketHeaders packet) {
    List<Long> one = end(packet, true);
    List<Long> other = end(packet, false);
    boolean ordered = one.toString().compareTo(other.toString()) <= 0;
    return List.of(
        ordered ? one : other, ordered ? other : one, packet.protocol, packet.vlan, packet.ipv6);
  }

  private static List<Long> end(PacketHeaders packet, boolean sender) {
    return sender
        ? List.of(packet.sourceHigh, packet.sourceLow, (long) packet.sourcePort)
        : List.of(packet.destinationHigh, packet.destinationLow, (long) packet.destinationPort);
  }

  private static PacketHeaders reversed(PacketHeaders packet) {
    PacketHeaders other = new PacketHeaders();
    other.sourceHigh = packet.destinationHigh;
    other.sourceLow = packet.destinationLow;
    other.sourcePort = packet.destinationPort;
    return other;
  }
}
