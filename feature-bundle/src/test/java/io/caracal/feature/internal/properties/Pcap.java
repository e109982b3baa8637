package io.caracal.feature.internal.properties;

import io.caracal.api.packet.Frame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes Ethernet frames as a pcap with nanoseconds. */
final class Pcap implements AutoCloseable {
  private static final int MAGIC = 0xA1B23C4D;
  private static final int SNAPSHOT = 262_144;
  private static final long NANOS = 1_000_000_000L;

  private final OutputStream file;
  private int frames;

  Pcap(Path path) throws IOException {
    file = new BufferedOutputStream(Files.newOutputStream(path));
    file.write(words(MAGIC, 4 << 16 | 2, 0, 0, SNAPSHOT, 1));
  }

  void write(Frame frame) {
    try {
      file.write(
          words(
              (int) (frame.timeNanos / NANOS),
              (int) (frame.timeNanos % NANOS),
              frame.capturedLength,
              frame.wireLength));
      file.write(frame.copy());
      frames++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int frames() {
    return frames;
  }

  private static byte[] words(int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
