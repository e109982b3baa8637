package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.BACKWARD;
import static io.caracal.feature.internal.flow.FlowLayout.CHECKPOINT_AT;
import static io.caracal.feature.internal.flow.FlowLayout.DNS_ANSWER_TTL;
import static io.caracal.feature.internal.flow.FlowLayout.DNS_QUERY_ID;
import static io.caracal.feature.internal.flow.FlowLayout.DNS_QUERY_TYPE;
import static io.caracal.feature.internal.flow.FlowLayout.DNS_RESPONSE;
import static io.caracal.feature.internal.flow.FlowLayout.FORWARD;
import static io.caracal.feature.internal.flow.FlowLayout.FTP_REPLY;
import static io.caracal.feature.internal.flow.FlowLayout.HISTORY;
import static io.caracal.feature.internal.flow.FlowLayout.INTER_ARRIVAL;
import static io.caracal.feature.internal.flow.FlowLayout.LAST;
import static io.caracal.feature.internal.flow.FlowLayout.PACKETS;
import static io.caracal.feature.internal.flow.FlowLayout.SIZES;
import static io.caracal.feature.internal.flow.FlowLayout.START;

import io.caracal.api.flow.EndReason;
import io.caracal.api.packet.PacketHeaders;

/** Counts packets into flows. */
final class FlowCounter {
  private static final int LONGEST_IN_A_BUCKET = 1514;

  private final FlowMemory flows;
  private final Memory memory;
  private final FlowKey key;
  private final FlowState state;
  private final DirectionCounter directions;
  private final Bulks bulks;
  private final Activity activity;
  private final FirstPackets sequence;

  FlowCounter(FlowMemory flows, FlowKey key, FlowState state, long activityNanos) {
    this.flows = flows;
    this.key = key;
    this.state = state;
    memory = flows.memory();
    directions = new DirectionCounter(memory);
    bulks = new Bulks(flows);
    activity = new Activity(flows, activityNanos);
    sequence = flows.sequence();
  }

  /** Counts a packet; the first one of a flow, too. */
  void count(long flow, PacketHeaders packet, boolean cut) {
    boolean forward = key.forward(flow, packet);
    long sender = flow + (forward ? FORWARD : BACKWARD);
    sequence.add(flow, packet, forward, countTime(flow, packet.timeNanos));
    directions.count(sender, packet);
    if (packet.ipLength <= LONGEST_IN_A_BUCKET) {
      memory.addInt(flow + SIZES + bucket(packet.ipLength) * 4L, 1);
    }
    if (packet.payloadLength > 0) {
      bulks.add(flow, sender, packet.timeNanos, packet.payloadLength);
      bulks.interrupt(flow + (forward ? BACKWARD : FORWARD));
    }
    if (cut) {
      state.mark(flow, FlowState.TRUNCATED);
    }
    if (packet.protocol == PacketHeaders.TCP) {
      countTcp(flow, packet, forward);
    } else if (packet.protocol == PacketHeaders.UDP) {
      countDns(flow, packet);
    }
  }

  /** Returns the time since the packet before. */
  private long countTime(long flow, long timeNanos) {
    long packets = memory.getLong(flow + PACKETS);
    memory.putLong(flow + PACKETS, packets + 1);
    if (packets == 0) {
      memory.putLong(flow + START, timeNanos);
      memory.putLong(flow + LAST, timeNanos);
      memory.putLong(flow + CHECKPOINT_AT, timeNanos);
      activity.start(flow, timeNanos);
      return 0;
    }
    long last = memory.getLong(flow + LAST);
    long gap = PacketTime.between(last, timeNanos);
    activity.afterSilence(flow, gap, last);
    if (timeNanos > last) {
      last = timeNanos;
      memory.putLong(flow + LAST, timeNanos);
    }
    long total = PacketTime.between(memory.getLong(flow + START), last);
    TimeMoments.add(memory, flow + INTER_ARRIVAL, gap, packets, total);
    return gap;
  }

  /** 0 up to 128 bytes, 1 to 256, 2 to 512, 3 to 1024, 4 beyond. */
  private static int bucket(int ipLength) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, ipLength - 1) >>> 7);
  }

  private void countTcp(long flow, PacketHeaders packet, boolean forward) {
    int flags = packet.tcpFlags;
    long history = memory.getLong(flow + HISTORY);
    long after = History.after(history, flags, packet.payloadLength > 0, forward);
    if (after != history) {
      memory.putLong(flow + HISTORY, after);
    }
    if (packet.ftpReplyCode != 0) {
      memory.putShort(flow + FTP_REPLY, packet.ftpReplyCode);
    }
    if ((flags & PacketHeaders.RST) != 0) {
      state.end(flow, EndReason.RST);
    }
    if ((flags & PacketHeaders.FIN) != 0) {
      state.mark(flow, forward ? FlowState.FORWARD_FIN : FlowState.BACKWARD_FIN);
      if (state.bothFins(flow)) {
        state.end(flow, EndReason.FIN);
      }
    }
  }

  private void countDns(long flow, PacketHeaders packet) {
    if (packet.dnsQueryType != 0 && memory.getShort(flow + DNS_QUERY_TYPE) == 0) {
      memory.putShort(flow + DNS_QUERY_ID, packet.dnsQueryId);
      memory.putShort(flow + DNS_QUERY_TYPE, packet.dnsQueryType);
    }
    if (packet.dnsAnswerTtl != 0 && memory.getInt(flow + DNS_ANSWER_TTL) == 0) {
      memory.putInt(flow + DNS_ANSWER_TTL, (int) packet.dnsAnswerTtl);
    }
    if (packet.dnsResponseCode >= 0 && memory.getInt(flow + DNS_RESPONSE) == 0) {
      memory.putInt(flow + DNS_RESPONSE, packet.dnsResponseCode + 1);
    }
  }

  /** Empties a flow whose connection goes on: key, sequence numbers and FINs stay. */
  void restart(long flow) {
    int fins = state.fins(flow);
    long forward = directions.sequence(flow + FORWARD);
    long backward = directions.sequence(flow + BACKWARD);
    flows.restart(flow);
    state.mark(flow, fins | FlowState.CONTINUED);
    directions.resumeSequence(flow + FORWARD, forward);
    directions.resumeSequence(flow + BACKWARD, backward);
  }
}
