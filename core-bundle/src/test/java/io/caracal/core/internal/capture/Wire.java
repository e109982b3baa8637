package io.caracal.core.internal.capture;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.osgi.framework.Constants;

/**
 * Interfaces without a kernel: a packet that is sent arrives, with one time stamp, at every input
 * of its interface that is open at that moment.
 */
final class Wire {
  private final Set<Input> open = ConcurrentHashMap.newKeySet();
  private long lastNanos;
  private long services;

  /** Sends a packet between two hosts, which a number stands for, and returns its time stamp. */
  synchronized long send(String interfaceName, int hosts) {
    lastNanos = Math.max(lastNanos + 1, WallClock.nanos());
    for (Input input : open) {
      if (input.name.equals(interfaceName) && hosts % input.lanes == input.lane) {
        input.arrived.add(lastNanos);
      }
    }
    return lastNanos;
  }

  /** Makes every open input of an interface fail once it is read. */
  synchronized void fail(String interfaceName, String reason) {
    open.stream()
        .filter(input -> input.name.equals(interfaceName))
        .forEach(input -> input.failure = reason);
  }

  private synchronized void open(List<Input> inputs) {
    open.addAll(inputs);
  }

  /** Inputs of a source that are open. */
  long opened(Source source) {
    return open.stream().filter(input -> input.source == source).count();
  }

  Source source(String name, int ranking) {
    return new Source(
        name, Map.of(Constants.SERVICE_RANKING, ranking, Constants.SERVICE_ID, services++));
  }

  /** Opens inputs on the wire, unless it was told to refuse. */
  final class Source implements PacketSource {
    final Map<String, Object> properties;
    private final String name;
    volatile String refusal = "";
    private volatile String refused = "";
    volatile boolean splits = true;

    Source(String name, Map<String, Object> properties) {
      this.name = name;
      this.properties = properties;
    }

    /** Refuses one interface only. */
    void refuse(String interfaceName, String reason) {
      refused = interfaceName;
      refusal = reason;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean supports(SourceRequest request) {
      return request.kind() == SourceRequest.Kind.LIVE;
    }

    @Override
    public PacketInput open(SourceRequest request) throws IOException {
      return openLanes(request, 1).getFirst();
    }

    @Override
    public List<PacketInput> openLanes(SourceRequest request, int lanes) throws IOException {
      if (!refusal.isEmpty() && (refused.isEmpty() || refused.equals(request.name()))) {
        throw new IOException(refusal);
      }
      int inputs = splits ? lanes : 1;
      List<Input> opened =
          IntStream.range(0, inputs)
              .mapToObj(lane -> new Input(this, request.name(), lane, inputs))
              .toList();
      Wire.this.open(opened);
      return List.copyOf(opened);
    }
  }

  private final class Input implements PacketInput {
    final Source source;
    final String name;
    final int lane;
    final int lanes;
    final Queue<Long> arrived = new ConcurrentLinkedQueue<>();
    volatile String failure = "";
    private final AtomicLong packets = new AtomicLong();
    private final Frame frame = new Frame();

    Input(Source source, String name, int lane, int lanes) {
      this.source = source;
      this.name = name;
      this.lane = lane;
      this.lanes = lanes;
      frame.segment = MemorySegment.ofArray(new byte[60]);
      frame.capturedLength = 60;
      frame.wireLength = 60;
      frame.linkType = 1;
    }

    @Override
    public int poll(FrameHandler handler, int limit, int waitMillis) throws IOException {
      int frames = 0;
      for (Long time = arrived.poll(); time != null; time = arrived.poll()) {
        frame.timeNanos = time;
        frames++;
        packets.incrementAndGet();
        handler.onFrame(frame);
        if (frames == limit) {
          return frames;
        }
      }
      if (frames == 0 && !failure.isEmpty()) {
        throw new IOException(failure);
      }
      if (frames == 0) {
        LockSupport.parkNanos(waitMillis * 1000L);
      }
      return frames;
    }

    @Override
    public SourceCounters counters() {
      return new SourceCounters(packets.get(), 60 * packets.get(), 0, 0, 0, 0);
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
    public void close() {
      open.remove(this);
    }
  }
}
