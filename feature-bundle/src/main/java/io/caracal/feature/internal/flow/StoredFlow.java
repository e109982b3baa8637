package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.*;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.Moments;
import io.caracal.api.flow.PacketSequence;

/** Reads a flow; the one record that a table hands out, moved from flow to flow. */
final class StoredFlow implements FlowRecord {
  private static final long ID_MASK = (1L << 48) - 1;

  private final FlowMemory flows;
  private final Memory memory;
  private final FlowKey key;
  private final FlowState state;
  private final HistoryTexts texts = new HistoryTexts();
  private final StoredDirection forward;
  private final StoredDirection backward;
  private final long firstId;
  private long flow;
  private long writtenNanos;

  StoredFlow(FlowMemory flows, FlowKey key, FlowState state, long firstId) {
    this.firstId = firstId;
    this.flows = flows;
    this.key = key;
    this.state = state;
    memory = flows.memory();
    forward = new StoredDirection(flows);
    backward = new StoredDirection(flows);
  }

  /** Moves to a flow. */
  StoredFlow at(long newFlow, long nowNanos) {
    flow = newFlow;
    writtenNanos = nowNanos;
    forward.at(flow, FORWARD);
    backward.at(flow, BACKWARD);
    return this;
  }

  @Override
  public long flowId() {
    return firstId + (memory.getLong(flow + ID) & ID_MASK);
  }

  @Override
  public FlowIdentity identity() {
    return key.identity(flow);
  }

  @Override
  public int protocol() {
    return key.protocol(flow);
  }

  @Override
  public int destinationPort() {
    return key.destinationPort(flow);
  }

  @Override
  public long startNanos() {
    return memory.getLong(flow + START);
  }

  @Override
  public long lastNanos() {
    return memory.getLong(flow + LAST);
  }

  @Override
  public long writtenNanos() {
    return writtenNanos;
  }

  @Override
  public EndReason reason() {
    return state.reason(flow);
  }

  @Override
  public int checkpoint() {
    return memory.getInt(flow + CHECKPOINTS);
  }

  @Override
  public StoredDirection forward() {
    return forward;
  }

  @Override
  public StoredDirection backward() {
    return backward;
  }

  @Override
  public Moments payloadLength() {
    return forward.payloadLength().plus(backward.payloadLength());
  }

  @Override
  public Moments interArrival() {
    long gaps = memory.getLong(flow + PACKETS) - 1;
    long total = PacketTime.between(startNanos(), lastNanos());
    return TimeMoments.read(memory, flow + INTER_ARRIVAL, gaps, total);
  }

  @Override
  public Moments active() {
    return TimeMoments.read(flows.rare(), flows.rareIfAny(flow) + Rare.ACTIVE);
  }

  @Override
  public Moments idle() {
    return TimeMoments.read(flows.rare(), flows.rareIfAny(flow) + Rare.IDLE);
  }

  @Override
  public long subflows() {
    return Integer.toUnsignedLong(memory.getInt(flow + SUBFLOWS));
  }

  @Override
  public long packetsOfSize(int bucket) {
    return Integer.toUnsignedLong(memory.getInt(flow + SIZES + bucket * 4L));
  }

  @Override
  public int dnsQueryId() {
    return memory.getShort(flow + DNS_QUERY_ID);
  }

  @Override
  public int dnsQueryType() {
    return memory.getShort(flow + DNS_QUERY_TYPE);
  }

  @Override
  public long dnsAnswerTtl() {
    return Integer.toUnsignedLong(memory.getInt(flow + DNS_ANSWER_TTL));
  }

  @Override
  public int dnsResponseCode() {
    return memory.getInt(flow + DNS_RESPONSE) - 1;
  }

  @Override
  public int ftpReplyCode() {
    return memory.getShort(flow + FTP_REPLY);
  }

  @Override
  public PacketSequence packets() {
    return flows.sequence().at(flow);
  }

  @Override
  public String history() {
    return texts.of(memory.getLong(flow + HISTORY));
  }

  @Override
  public boolean truncated() {
    return state.truncated(flow);
  }
}
