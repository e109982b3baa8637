package io.caracal.feature.internal.flow;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.Moments;
import io.caracal.api.flow.PacketSequence;
import io.caracal.api.packet.PacketHeaders;
import org.jspecify.annotations.Nullable;

/** One bidirectional flow: its statistics, and its places in the table's index and lists. */
final class Flow extends FlowList.Link implements FlowRecord {
  private static final int FORWARD_FIN = 1, BACKWARD_FIN = 2, BOTH_FINS = 3;

  /** For {@link FlowIndex} only. */
  final int hash;

  /** For {@link FlowIndex} only: the next flow of the same bucket. */
  @Nullable Flow chained;

  /** For {@link BoundedFlowTable} only: its clock when this flow took its place in a list. */
  long listedAt;

  private final long id;
  private final FlowIdentity identity;
  private final long startNanos;
  private final Direction forward;
  private final Direction backward;
  private final FirstPackets sequence = new FirstPackets();
  private final Activity activity;
  private final int[] sizes = new int[5];
  private long lastNanos;
  private long checkpointNanos;
  private int checkpoints;
  private long history;
  private int fins;
  private boolean truncated;
  private EndReason reason = EndReason.CHECKPOINT;
  private @Nullable RunningMoments interArrival;

  /** The flow that a packet starts; the packet is still to be counted. */
  Flow(long id, PacketHeaders packet, int hash) {
    this(id, hash, FlowKey.of(packet), packet.timeNanos, new Direction(), new Direction(), 0);
  }

  /** What follows a flow after its active timeout: same connection, same direction. */
  Flow(long id, PacketHeaders packet, Flow predecessor) {
    this(
        id,
        predecessor.hash,
        predecessor.identity,
        packet.timeNanos,
        new Direction(predecessor.forward),
        new Direction(predecessor.backward),
        predecessor.fins);
  }

  private Flow(
      long id,
      int hash,
      FlowIdentity identity,
      long startNanos,
      Direction forward,
      Direction backward,
      int fins) {
    this.id = id;
    this.hash = hash;
    this.identity = identity;
    this.startNanos = startNanos;
    this.forward = forward;
    this.backward = backward;
    this.fins = fins;
    lastNanos = startNanos;
    checkpointNanos = startNanos;
    activity = new Activity(startNanos);
  }

  void count(PacketHeaders packet, boolean cut, long activityTimeoutNanos) {
    boolean sentByInitiator = FlowKey.forward(identity, packet);
    sequence.add(packet, sentByInitiator, countTime(packet.timeNanos, activityTimeoutNanos));
    Direction sender = sentByInitiator ? forward : backward;
    Direction receiver = sentByInitiator ? backward : forward;
    sender.count(packet);
    int bucket = Math.max(0, 32 - Integer.numberOfLeadingZeros((packet.ipLength - 1) >>> 7));
    if (packet.ipLength <= 1514) {
      sizes[bucket]++;
    }
    if (packet.payloadLength > 0) {
      receiver.interruptBulk();
    }
    truncated |= cut;
    if (packet.protocol == PacketHeaders.TCP) {
      countTcp(packet, sentByInitiator);
    }
  }

  private long countTime(long timeNanos, long activityTimeoutNanos) {
    if (packetCount() == 0) {
      return 0;
    }
    long gap = PacketTime.between(lastNanos, timeNanos);
    if (interArrival == null) {
      interArrival = new RunningMoments();
    }
    interArrival.add(gap);
    activity.afterSilence(gap, lastNanos, activityTimeoutNanos);
    lastNanos = Math.max(lastNanos, timeNanos);
    return gap;
  }

  private void countTcp(PacketHeaders packet, boolean sentByInitiator) {
    int flags = packet.tcpFlags;
    history = History.after(history, flags, packet.payloadLength > 0, sentByInitiator);
    if ((flags & PacketHeaders.FIN) != 0) {
      fins |= sentByInitiator ? FORWARD_FIN : BACKWARD_FIN;
    }
    if (isOpen() && (flags & PacketHeaders.RST) != 0) {
      reason = EndReason.RST;
    } else if (isOpen() && fins == BOTH_FINS) {
      reason = EndReason.FIN;
    }
  }

  /** False once both sides sent FIN, one sent RST, or the flow was ended otherwise. */
  boolean isOpen() {
    return reason == EndReason.CHECKPOINT;
  }

  /** Ends the flow; one that TCP has closed keeps its reason. */
  void end(EndReason why) {
    if (isOpen()) {
      reason = why;
    }
  }

  /** Makes the record one of the next checkpoint. */
  void checkpointReached() {
    checkpoints++;
    checkpointNanos = lastNanos;
  }

  long packetCount() {
    return forward.packets() + backward.packets();
  }

  /** Time of the last checkpoint, of the start if there was none. */
  long checkpointNanos() {
    return checkpointNanos;
  }

  @Override
  public long flowId() {
    return id;
  }

  @Override
  public FlowIdentity identity() {
    return identity;
  }

  @Override
  public int protocol() {
    return identity.protocol();
  }

  @Override
  public int destinationPort() {
    return identity.destinationPort();
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long lastNanos() {
    return lastNanos;
  }

  @Override
  public long writtenNanos() {
    return listedAt;
  }

  @Override
  public long packetsOfSize(int bucket) {
    return sizes[bucket];
  }

  @Override
  public int dnsQueryId() {
    return 0;
  }

  @Override
  public int dnsQueryType() {
    return 0;
  }

  @Override
  public long dnsAnswerTtl() {
    return 0;
  }

  @Override
  public int ftpReplyCode() {
    return 0;
  }

  @Override
  public EndReason reason() {
    return reason;
  }

  @Override
  public int checkpoint() {
    return checkpoints;
  }

  @Override
  public DirectionRecord forward() {
    return forward;
  }

  @Override
  public DirectionRecord backward() {
    return backward;
  }

  @Override
  public Moments payloadLength() {
    return forward.payloadLength().plus(backward.payloadLength());
  }

  @Override
  public Moments interArrival() {
    return interArrival == null ? ExactMoments.NONE : interArrival;
  }

  @Override
  public Moments active() {
    return activity.active();
  }

  @Override
  public Moments idle() {
    return activity.idle();
  }

  @Override
  public long subflows() {
    return activity.subflows();
  }

  @Override
  public PacketSequence packets() {
    return sequence;
  }

  @Override
  public String history() {
    return History.text(history);
  }

  @Override
  public boolean truncated() {
    return truncated;
  }
}
