package io.caracal.plugin.control;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection to a running sensor, good for one command. */
public final class ControlClient implements AutoCloseable {
  private static final int PIECE = 8192;

  private final SocketChannel channel;
  private final ChunkChannel chunks;

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
    this.chunks = new ChunkChannel(channel);
  }

  /**
   * Looks for the sensor that works with a state folder.
   *
   * @return empty if none runs
   * @throws IOException with a sentence if one runs and cannot be asked
   */
  public static Optional<ControlClient> connect(Path state) throws IOException {
    Path socket = state.resolve(ControlAddress.NAME);
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ControlClient(SocketChannel.open(ControlAddress.of(socket))));
    } catch (ConnectException e) {
      return Optional.empty(); // left behind by a sensor that was killed
    } catch (IOException e) {
      throw new IOException(
          "the sensor that listens at %s cannot be asked (%s); ask as the user that it runs as, or as root"
              .formatted(socket, e.getMessage()),
          e);
    }
  }

  /**
   * Has the sensor run a command.
   *
   * @param command its name
   * @param options by name: texts, flags and lists of texts
   * @param in what the command reads, as far as it does
   * @param out takes its output
   * @param err takes its error output
   * @return the exit code
   * @throws IOException with a sentence if the sensor goes away meanwhile
   */
  public int call(
      String command, Map<String, Object> options, InputStream in, PrintStream out, PrintStream err)
      throws IOException {
    Optional<IOException> cut = request(command, options);
    try {
      while (true) {
        Chunk chunk = chunks.read();
        switch (chunk.type()) {
          case OUTPUT -> write(chunk, out);
          case ERROR -> write(chunk, err);
          case SEND_INPUT -> Thread.ofVirtual().start(() -> send(in, err));
          case EXIT -> {
            return Integer.parseInt(chunk.utf8());
          }
          default -> throw new IOException("the sensor answered with " + chunk.type());
        }
      }
    } catch (EOFException e) {
      cut.ifPresent(e::addSuppressed);
      throw new IOException(
          "the sensor ended the connection before the command was done; its log says why", e);
    }
  }

  /** A sensor that refuses does not read to the end, but what it says can be read all the same. */
  private Optional<IOException> request(String command, Map<String, Object> options) {
    try {
      write(command, options);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private void write(String command, Map<String, Object> options) throws IOException {
    for (Map.Entry<String, Object> option : options.entrySet()) {
      List<?> values =
          option.getValue() instanceof List<?> list ? list : List.of(option.getValue());
      for (Object value : values) {
        chunks.write(Chunk.utf8(Chunk.Type.ARGUMENT, option.getKey() + "=" + value));
      }
    }
    chunks.write(Chunk.utf8(Chunk.Type.DIRECTORY, Path.of("").toAbsolutePath().toString()));
    chunks.write(Chunk.utf8(Chunk.Type.COMMAND, command));
  }

  private static void write(Chunk chunk, PrintStream stream) {
    stream.writeBytes(chunk.bytes());
    stream.flush();
  }

  private void send(InputStream in, PrintStream err) {
    byte[] piece = new byte[PIECE];
    try {
      int length = in.read(piece);
      chunks.write(
          length < 0
              ? Chunk.of(Chunk.Type.INPUT_END, new byte[0])
              : Chunk.of(Chunk.Type.INPUT, Arrays.copyOf(piece, length)));
    } catch (IOException e) {
      err.println("caracal: no more input is sent (" + e.getMessage() + ")");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
