package io.caracal.core.internal.lane;

import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.core.internal.evidence.Evidence;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * One thread's share of the traffic, from frame to flow record. Used by that thread only. Packets
 * go to the table in bursts, see {@link FlowTable#accept(PacketHeaders[], int)}; where a burst ends
 * depends on the packets alone, unless the link falls silent.
 */
public final class Lane implements FrameHandler {
  private static final int BURST = 32;

  private final PacketDecoder decoder;
  private final PacketHeaders[] burst =
      Stream.generate(PacketHeaders::new).limit(BURST).toArray(PacketHeaders[]::new);
  private final FlowTable table;
  private final Share share;
  private final Evidence evidence;
  private final LongConsumer clock;
  private final long[] results = new long[DecodeResult.values().length];
  private final long[] encapsulations = new long[Encapsulation.values().length];
  private final long[] inner = new long[DecodeResult.values().length];
  private long bytes;
  private long highestNanos = Long.MIN_VALUE;

  /** Packets of this lane that the table is still to be given. */
  private int held;

  /** Packets of any lane since it was given some, and the latest time of all. */
  private int passed;

  private long passedNanos = Long.MIN_VALUE;
  private long othersNanos = Long.MIN_VALUE;
  private long tableNanos = Long.MIN_VALUE;

  /**
   * A lane.
   *
   * @param share which of the packets it is given are its own; the others only let time pass
   * @param evidence keeps the packets of flows for a while
   * @param clock told the table's time after every burst: batches fall due and alerts end by it
   */
  public Lane(
      PacketDecoder.Factory decoders,
      FlowTable.Factory tables,
      FlowSettings settings,
      FlowListener listener,
      Share share,
      Evidence evidence,
      LongConsumer clock) {
    this.decoder = decoders.create();
    this.table = tables.create(settings, listener);
    this.share = share;
    this.evidence = evidence;
    this.clock = clock;
  }

  @Override
  public void onFrame(Frame frame) {
    PacketHeaders headers = burst[held];
    DecodeResult result = decoder.decode(frame, headers);
    boolean ofFlow = result == DecodeResult.OK;
    boolean own = ofFlow ? share.owns(headers) : share.ownsRest();
    if (own) {
      results[result.ordinal()]++;
      bytes += frame.wireLength;
    }
    highestNanos = Math.max(highestNanos, frame.timeNanos);
    if (ofFlow) {
      count(frame, headers, own);
    }
  }

  private void count(Frame frame, PacketHeaders headers, boolean own) {
    if (own) {
      encapsulations[headers.encapsulation.ordinal()]++;
      inner[headers.inner.ordinal()]++;
      evidence.keep(frame, headers);
      hold(headers);
    } else {
      othersNanos = Math.max(othersNanos, frame.timeNanos);
    }
    passedNanos = Math.max(passedNanos, frame.timeNanos);
    if (++passed >= BURST) {
      handOver();
    }
  }

  /**
   * Keeps a packet for the burst. If a packet of another lane has set the clock ahead of it, the
   * table must have been told before.
   */
  private void hold(PacketHeaders headers) {
    if (headers.timeNanos < othersNanos && othersNanos > tableNanos) {
      int at = held;
      handOver();
      burst[at] = burst[0];
      burst[0] = headers;
    }
    held++;
  }

  /** Brings the table up to the time of all that has passed. */
  public void handOver() {
    int count = held;
    held = 0;
    passed = 0;
    tableNanos = Math.max(tableNanos, passedNanos);
    table.accept(burst, count);
    table.advance(tableNanos);
    clock.accept(tableNanos);
  }

  /** Lets flows expire on a silent link. */
  public void advance(long nowNanos) {
    highestNanos = Math.max(highestNanos, nowNanos);
    passedNanos = highestNanos;
    handOver();
  }

  /** Ends every flow. */
  public void flush() {
    handOver();
    table.flush();
  }

  /** Highest packet time seen, or {@link Long#MIN_VALUE}. */
  public long nowNanos() {
    return highestNanos;
  }

  /** Forgets the packet time, when the next capture is of another time. */
  public void restartClock() {
    highestNanos = Long.MIN_VALUE;
    passedNanos = Long.MIN_VALUE;
    othersNanos = Long.MIN_VALUE;
    tableNanos = Long.MIN_VALUE;
  }

  /** Frames by what decoding said. */
  public Map<DecodeResult, Long> results() {
    return counts(DecodeResult.class, results);
  }

  /** Packets of flows by the innermost encapsulation that was taken off. */
  public Map<Encapsulation, Long> encapsulations() {
    return counts(Encapsulation.class, encapsulations);
  }

  /** Packets of flows by why their encapsulation was not looked into. */
  public Map<DecodeResult, Long> inner() {
    return counts(DecodeResult.class, inner);
  }

  private static <E extends Enum<E>> Map<E, Long> counts(Class<E> type, long[] counts) {
    Map<E, Long> byValue = new EnumMap<>(type);
    for (E value : type.getEnumConstants()) {
      byValue.put(value, counts[value.ordinal()]);
    }
    return byValue;
  }

  /** Frames seen. */
  public long packets() {
    long sum = 0;
    for (long count : results) {
      sum += count;
    }
    return sum;
  }

  /** Bytes on the wire of those frames. */
  public long bytes() {
    return bytes;
  }

  /** The flow table, for its counters. */
  public FlowTable table() {
    return table;
  }
}
