package io.caracal.plugin.manager.internal.control;

import io.caracal.plugin.control.Chunk;
import io.caracal.plugin.control.ChunkChannel;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for commands. Each is answered on a thread of its own, at most {@value #AT_ONCE} at a
 * time: nothing that a client does, or leaves undone, holds up anything else.
 */
final class ControlServer implements AutoCloseable {
  /** Commands that are answered at the same time; one more is told to come again. */
  static final int AT_ONCE = 8;

  private static final long IDLE_SECONDS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  private final SocketFile socket;
  private final Commands commands;
  private final TimeLimits limits = new TimeLimits();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads;

  /** What can be asked for. */
  @FunctionalInterface
  interface Commands {
    /**
     * Runs a command.
     *
     * @param command its name
     * @param options by name, and the streams, see {@link Connection}
     * @return the exit code; empty if there is no such command
     */
    Optional<Integer> call(String command, Map<String, Object> options);
  }

  private ControlServer(SocketFile socket, Commands commands) {
    this.socket = socket;
    this.commands = commands;
    ThreadFactory named = Thread.ofPlatform().daemon().name("caracal-control-", 1).factory();
    this.threads =
        new ThreadPoolExecutor(
            0, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named);
  }

  /**
   * Listens in a state folder until it is closed.
   *
   * @throws IOException with a sentence if it cannot
   */
  static ControlServer open(Path state, Commands commands) throws IOException {
    ControlServer server = new ControlServer(SocketFile.open(state), commands);
    Thread.ofPlatform().daemon().name("caracal-control").start(server::accept);
    LOG.debug("commands are taken at {}", server.socket.path());
    return server;
  }

  private void accept() {
    while (socket.channel().isOpen()) {
      try {
        take(socket.channel().accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("a command could not be taken: {}", e.getMessage());
      }
    }
  }

  private void take(SocketChannel channel) throws IOException {
    open.add(channel);
    try {
      threads.execute(() -> answer(channel));
    } catch (RejectedExecutionException e) {
      LOG.debug("{} commands are being answered", AT_ONCE, e);
      refuse(
          channel,
          "the sensor is answering " + AT_ONCE + " commands already; ask again in a moment");
      close(channel);
    }
  }

  private void answer(SocketChannel channel) {
    try {
      Peer peer = Peer.of(channel);
      if (peer.mayCommand(socket.path())) {
        new Connection(channel, peer, limits).answer(commands);
      } else {
        LOG.warn("user {} may not command this sensor and was refused", peer.user());
        refuse(
            channel,
            "the user "
                + peer.user()
                + " may not command this sensor; ask as the user that it runs as, or as root");
      }
    } catch (IOException e) {
      LOG.debug("a client has gone before it was answered", e);
    } finally {
      close(channel);
    }
  }

  /** Nothing was sent before, so that there is room for it in any case. */
  private static void refuse(SocketChannel channel, String sentence) throws IOException {
    ChunkChannel chunks = new ChunkChannel(channel);
    chunks.write(Chunk.utf8(Chunk.Type.ERROR, "caracal: " + sentence + "\n"));
    chunks.write(Chunk.utf8(Chunk.Type.EXIT, "1"));
  }

  private void close(SocketChannel channel) {
    open.remove(channel);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a connection could not be closed", e);
    }
  }

  /** Ends every connection and listens no more. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.warn("the socket {} could not be removed: {}", socket.path(), e.getMessage());
    }
    open.forEach(this::close);
    threads.shutdown();
    limits.close();
  }
}
