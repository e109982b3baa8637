package io.caracal.plugin.manager.internal.control;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes connections on which the other side takes too long: a socket file has no timeouts. */
final class TimeLimits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimeLimits.class);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("caracal-control-clock").factory());

  /** Something that may wait for the other side. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws IOException;
  }

  /** Does a step; the connection is closed if it takes longer than it may. */
  <T> T within(Duration limit, Channel channel, Step<T> step) throws IOException {
    Future<?> end =
        clock.schedule(() -> close(channel, limit), limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return step.take();
    } finally {
      end.cancel(false);
    }
  }

  private static void close(Channel channel, Duration limit) {
    LOG.info("a client that did nothing for {} s was disconnected", limit.toSeconds());
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a connection could not be closed", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
