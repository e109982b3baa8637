package io.caracal.plugin.control;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * Chunks on a connection, which is closed by whoever opened it. One thread may read while others
 * write.
 */
public final class ChunkChannel {
  /** Longest payload that is read, in bytes. */
  public static final int LONGEST = 65_536;

  private static final int HEADER = 5;

  private final ByteChannel channel;

  /** Chunks on an open channel in blocking mode. */
  public ChunkChannel(ByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the next chunk.
   *
   * @throws EOFException if the other side has gone
   * @throws IOException with a sentence if what comes is no chunk, or too long
   */
  public Chunk read() throws IOException {
    ByteBuffer header = fill(HEADER);
    int length = header.getInt();
    byte code = header.get();
    if (length < 0 || length > LONGEST) {
      throw new IOException(
          "a chunk may have "
              + LONGEST
              + " bytes, but one is announced with "
              + Integer.toUnsignedString(length));
    }
    Chunk.Type type =
        Chunk.Type.of(code)
            .orElseThrow(() -> new IOException("there is no chunk of type " + (code & 0xFF)));
    return Chunk.of(type, fill(length).array());
  }

  private ByteBuffer fill(int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the other side has gone");
      }
    }
    return buffer.flip();
  }

  /** Sends a chunk, whole. */
  public synchronized void write(Chunk chunk) throws IOException {
    byte[] payload = chunk.bytes();
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + payload.length);
    buffer.putInt(payload.length).put(chunk.type().code()).put(payload).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
