package io.caracal.core.internal.capture;

import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inputs that were opened and not closed yet, so that a source goes when they are done. */
final class OpenInputs {
  private static final Logger LOG = LoggerFactory.getLogger(OpenInputs.class);

  /** A source is let go this long after it was asked for even if an input of it is still read. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Set<Counted> open = ConcurrentHashMap.newKeySet();

  /** Opens an input that counts until it is closed. */
  PacketInput open(PacketSource source, SourceRequest request) throws IOException {
    Counted input = new Counted(source, source.open(request));
    open.add(input);
    return input;
  }

  /** Waits until no input of a source is open. */
  void awaitClosed(PacketSource source) {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (open.stream().anyMatch(input -> input.source == source)) {
      if (System.nanoTime() - deadline > 0) {
        LOG.error(
            "the packet source {} goes although a capture is still read through it after {}",
            source.name(),
            DRAIN);
        return;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private final class Counted implements PacketInput {
    private final PacketSource source;
    private final PacketInput input;

    Counted(PacketSource source, PacketInput input) {
      this.source = source;
      this.input = input;
    }

    @Override
    public int poll(FrameHandler handler, int limit, int waitMillis) throws IOException {
      return input.poll(handler, limit, waitMillis);
    }

    @Override
    public SourceCounters counters() {
      return input.counters();
    }

    @Override
    public double progress() {
      return input.progress();
    }

    @Override
    public List<String> notices() {
      return input.notices();
    }

    @Override
    public void close() {
      input.close();
      open.remove(this);
    }
  }
}
