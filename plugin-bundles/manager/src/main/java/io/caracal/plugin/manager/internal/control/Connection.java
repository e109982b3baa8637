package io.caracal.plugin.manager.internal.control;

import io.caracal.plugin.control.Chunk;
import io.caracal.plugin.control.ChunkChannel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client and its command. The command is given the options of the request and {@code out} and
 * {@code err} ({@link PrintStream}), {@code in} ({@link InputStream}) and {@code actor}, the user
 * that the kernel says it is.
 */
final class Connection {
  /** A client has this long to send its request, and to take what is sent to it. */
  private static final Duration TAKE = Duration.ofSeconds(10);

  /** A client may think this long before it sends input that a command waits for. */
  private static final Duration THINK = Duration.ofMinutes(10);

  private static final int PIECE = 8192;
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final SocketChannel channel;
  private final ChunkChannel chunks;
  private final Peer peer;
  private final TimeLimits limits;

  Connection(SocketChannel channel, Peer peer, TimeLimits limits) {
    this.channel = channel;
    this.chunks = new ChunkChannel(channel);
    this.peer = peer;
    this.limits = limits;
  }

  /** Reads the request, has it done and says how it went. */
  void answer(ControlServer.Commands commands) throws IOException {
    try (PrintStream out = print(Chunk.Type.OUTPUT);
        PrintStream err = print(Chunk.Type.ERROR)) {
      int code = run(commands, out, err);
      out.flush();
      err.flush();
      write(Chunk.utf8(Chunk.Type.EXIT, Integer.toString(code)));
    }
  }

  private int run(ControlServer.Commands commands, PrintStream out, PrintStream err)
      throws IOException {
    ControlRequest request;
    try {
      request = limits.within(TAKE, channel, () -> ControlRequest.read(chunks));
    } catch (ControlRequest.Invalid e) {
      err.println("caracal: " + e.getMessage());
      return 2;
    }
    Map<String, Object> options = request.options();
    options.put("out", out);
    options.put("err", err);
    options.put("in", new Input());
    options.put("actor", peer.user());
    try {
      return commands
          .call(request.command(), options)
          .orElseGet(
              () -> {
                err.println("caracal: a running sensor has no command " + request.command());
                return 2;
              });
    } catch (RuntimeException e) {
      LOG.error("the command {} failed: {}", request.command(), e.toString());
      LOG.debug("the command failed", e);
      err.println("caracal: " + e);
      return 1;
    }
  }

  private void write(Chunk chunk) throws IOException {
    limits.within(
        TAKE,
        channel,
        () -> {
          chunks.write(chunk);
          return chunk;
        });
  }

  private PrintStream print(Chunk.Type type) {
    OutputStream chunked =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = offset; at < offset + length; at += PIECE) {
              int end = Math.min(at + PIECE, offset + length);
              Connection.this.write(Chunk.of(type, Arrays.copyOfRange(bytes, at, end)));
            }
          }
        };
    return new PrintStream(new BufferedOutputStream(chunked, PIECE), true, StandardCharsets.UTF_8);
  }

  /** What the client types: asked for piece by piece, as the protocol wants it. */
  private final class Input extends InputStream {
    private byte[] piece = new byte[0];
    private int next;
    private boolean ended;

    @Override
    public int read() throws IOException {
      return available() > 0 || fill() ? piece[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (available() == 0 && !fill()) {
        return -1;
      }
      int some = Math.min(length, available());
      System.arraycopy(piece, next, bytes, offset, some);
      next += some;
      return some;
    }

    @Override
    public int available() {
      return piece.length - next;
    }

    private boolean fill() throws IOException {
      while (!ended && available() == 0) {
        write(Chunk.utf8(Chunk.Type.SEND_INPUT, ""));
        Chunk chunk = limits.within(THINK, channel, this::input);
        ended = chunk.type() == Chunk.Type.INPUT_END;
        piece = chunk.bytes();
        next = 0;
      }
      return !ended;
    }

    private Chunk input() throws IOException {
      while (true) {
        Chunk chunk = chunks.read();
        switch (chunk.type()) {
          case INPUT, INPUT_END -> {
            return chunk;
          }
          case HEARTBEAT -> LOG.trace("the client is alive");
          default -> throw new IOException("the client sent " + chunk.type() + " as input");
        }
      }
    }
  }
}
