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

/** One thread's share of the traffic, from frame to flow record. Used by that thread only. */
public final class Lane implements FrameHandler {
  private final PacketDecoder decoder;
  private final PacketHeaders headers = new PacketHeaders();
  private final FlowTable table;
  private final Share share;
  private final Evidence evidence;
  private final LongConsumer clock;
  private final long[] results = new long[DecodeResult.values().length];
  private final long[] encapsulations = new long[Encapsulation.values().length];
  private final long[] inner = new long[DecodeResult.values().length];
  private long bytes;
  private long highestNanos = Long.MIN_VALUE;
  private long tableNanos = Long.MIN_VALUE;

  /**
   * A lane.
   *
   * @param share which of the packets it is given are its own; the others only let time pass
   * @param evidence keeps the packets of flows for a while
   * @param clock told the table's time after every packet: batches fall due and alerts end by it
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
    DecodeResult result = decoder.decode(frame, headers);
    boolean ofFlow = result == DecodeResult.OK;
    boolean own = ofFlow ? share.owns(headers) : share.ownsRest();
    if (own) {
      results[result.ordinal()]++;
      bytes += frame.wireLength;
    }
    if (ofFlow) {
      count(frame, own);
    }
    highestNanos = Math.max(highestNanos, frame.timeNanos);
    clock.accept(tableNanos);
  }

  private void count(Frame frame, boolean own) {
    if (own) {
      encapsulations[headers.encapsulation.ordinal()]++;
      inner[headers.inner.ordinal()]++;
      evidence.keep(frame, headers);
      table.accept(headers, frame.capturedLength < frame.wireLength);
    } else {
      table.advance(frame.timeNanos);
    }
    tableNanos = Math.max(tableNanos, frame.timeNanos);
  }

  /** Lets flows expire on a silent link. */
  public void advance(long nowNanos) {
    highestNanos = Math.max(highestNanos, nowNanos);
    tableNanos = highestNanos;
    table.advance(tableNanos);
    clock.accept(tableNanos);
  }

  /** Ends every flow. */
  public void flush() {
    table.flush();
  }

  /** Highest packet time seen, or {@link Long#MIN_VALUE}. */
  public long nowNanos() {
    return highestNanos;
  }

  /** Forgets the packet time, when the next capture is of another time. */
  public void restartClock() {
    highestNanos = Long.MIN_VALUE;
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
