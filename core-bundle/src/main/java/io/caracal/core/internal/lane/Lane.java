package io.caracal.core.internal.lane;

import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/** One thread's share of the traffic, from frame to flow record. Used by that thread only. */
public final class Lane implements FrameHandler {
  private final PacketDecoder decoder;
  private final PacketHeaders headers = new PacketHeaders();
  private final FlowTable table;
  private final LongConsumer clock;
  private final long[] results = new long[DecodeResult.values().length];
  private long bytes;
  private long highestNanos = Long.MIN_VALUE;

  /**
   * A lane.
   *
   * @param clock told the packet time after every packet: batches fall due and alerts end by it
   */
  public Lane(
      PacketDecoder.Factory decoders,
      FlowTable.Factory tables,
      FlowSettings settings,
      FlowListener listener,
      LongConsumer clock) {
    this.decoder = decoders.create();
    this.table = tables.create(settings, listener);
    this.clock = clock;
  }

  @Override
  public void onFrame(Frame frame) {
    DecodeResult result = decoder.decode(frame, headers);
    results[result.ordinal()]++;
    bytes += frame.wireLength;
    if (result == DecodeResult.OK) {
      table.accept(headers, frame.capturedLength < frame.wireLength);
    }
    if (frame.timeNanos > highestNanos) {
      highestNanos = frame.timeNanos;
    }
    clock.accept(highestNanos);
  }

  /** Lets flows expire on a silent link. */
  public void advance(long nowNanos) {
    highestNanos = Math.max(highestNanos, nowNanos);
    table.advance(highestNanos);
    clock.accept(highestNanos);
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
  }

  /** Frames by what decoding said. */
  public Map<DecodeResult, Long> results() {
    Map<DecodeResult, Long> counts = new LinkedHashMap<>();
    for (DecodeResult result : DecodeResult.values()) {
      counts.put(result, results[result.ordinal()]);
    }
    return counts;
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
