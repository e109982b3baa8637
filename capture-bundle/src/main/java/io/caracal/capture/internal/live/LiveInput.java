package io.caracal.capture.internal.live;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;

/**
 * An open interface. libpcap calls back for each frame in its ring; the frame is handed on where it
 * lies. Polling and closing exclude each other, since a closed handle must not be touched.
 */
final class LiveInput implements PacketInput {
  private static final long STATISTICS_INTERVAL = 500_000_000L;

  /** All of memory, so that a frame is an offset and not an object; libpcap vouches for it. */
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final FrameHandler NOBODY = frame -> {};

  private final String name;
  private final PcapHandle handle;
  private final long address;
  private final Libpcap libpcap;
  private final long fractionNanos;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callback;
  private final MemorySegment pollDescriptor;
  private final Frame frame = new Frame();

  private FrameHandler handler = NOBODY;
  private Optional<Throwable> failure = Optional.empty();
  private int delivered;
  private long packets;
  private long bytes;
  private long truncated;
  private long droppedByKernel;
  private long droppedByInterface;
  private long statisticsTime = System.nanoTime();
  private boolean closed;
  private volatile SourceCounters counters = SourceCounters.NONE;

  LiveInput(String name, PcapHandle handle, long address, Libpcap libpcap) {
    this.name = name;
    this.handle = handle;
    this.address = address;
    this.libpcap = libpcap;
    fractionNanos = handle.getTimestampPrecision() == TimestampPrecision.NANO ? 1 : 1000;
    frame.segment = MEMORY;
    frame.linkType = handle.getDlt().value();
    callback = Linker.nativeLinker().upcallStub(onPacket(), Libpcap.CALLBACK, arena);
    pollDescriptor = libpcap.pollDescriptor(address, arena);
  }

  private MethodHandle onPacket() {
    try {
      MethodType type = MethodType.methodType(void.class, long.class, long.class, long.class);
      return MethodHandles.lookup().findVirtual(LiveInput.class, "onPacket", type).bindTo(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the method stands below", e);
    }
  }

  @Override
  public synchronized int poll(FrameHandler receiver, int limit, int waitMillis)
      throws IOException {
    if (closed) {
      return END;
    }
    handler = receiver;
    delivered = 0;
    try {
      dispatch(limit);
      if (delivered == 0 && waitMillis > 0 && libpcap.await(pollDescriptor, waitMillis)) {
        dispatch(limit);
      }
    } finally {
      handler = NOBODY;
      count();
    }
    return delivered;
  }

  private void dispatch(int limit) throws IOException {
    int result = libpcap.dispatch(address, limit, callback);
    if (failure.isPresent()) {
      Throwable thrown = failure.get();
      failure = Optional.empty();
      rethrow(thrown);
    }
    if (result < 0 && result != Libpcap.BROKEN) {
      throw new IOException(
          name + " cannot be read any more: " + error() + "; check the interface");
    }
  }

  /**
   * Called by libpcap on the polling thread. What the handler throws must not reach native code; it
   * is thrown again once libpcap has returned.
   */
  @SuppressWarnings({"unused", "UnusedMethod"}) // by name, see onPacket()
  private void onPacket(long user, long header, long data) {
    // struct pcap_pkthdr: two longs of time, captured length, length on the wire.
    frame.timeNanos =
        MEMORY.get(JAVA_LONG, header) * 1_000_000_000L
            + MEMORY.get(JAVA_LONG, header + 8) * fractionNanos;
    frame.capturedLength = MEMORY.get(JAVA_INT, header + 16);
    frame.wireLength = MEMORY.get(JAVA_INT, header + 20);
    frame.offset = data;
    delivered++;
    packets++;
    bytes += frame.wireLength;
    if (frame.capturedLength < frame.wireLength) {
      truncated++;
    }
    try {
      handler.onFrame(frame);
    } catch (Throwable thrown) {
      failure = Optional.of(thrown);
      libpcap.breakLoop(address);
    }
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    throw new IllegalStateException("a frame handler throws no checked exception", thrown);
  }

  private String error() {
    try {
      return handle.getError();
    } catch (NotOpenException e) {
      return "it is closed";
    }
  }

  private void count() {
    long now = System.nanoTime();
    if (now - statisticsTime >= STATISTICS_INTERVAL) {
      statisticsTime = now;
      readStatistics();
    }
    counters =
        new SourceCounters(packets, bytes, droppedByKernel, droppedByInterface, truncated, 0);
  }

  private void readStatistics() {
    try {
      PcapStat statistics = handle.getStats();
      droppedByKernel = grown(droppedByKernel, statistics.getNumPacketsDropped());
      droppedByInterface = grown(droppedByInterface, statistics.getNumPacketsDroppedByIf());
    } catch (PcapNativeException | NotOpenException e) {
      // The interface went away: the counts so far stay, and reading frames reports the reason.
      return;
    }
  }

  /** libpcap counts in 32 bits; adds what came since, however often that wrapped to a new start. */
  private static long grown(long before, long now) {
    return before + ((now - before) & 0xffff_ffffL);
  }

  @Override
  public SourceCounters counters() {
    return counters;
  }

  @Override
  public double progress() {
    return -1;
  }

  @Override
  public List<String> notices() {
    return List.of();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    readStatistics();
    count();
    handle.close();
    arena.close();
  }
}
