package io.caracal.export.text.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines on their way into a file, encoded in large pieces. One thread. */
final class TextFile implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final OutputStream out;
  private final StringBuilder text = new StringBuilder(PIECE + (PIECE >> 1));

  TextFile(String path) throws IOException {
    out = Files.newOutputStream(Path.of(path));
  }

  /** Where the line in hand is built. */
  StringBuilder text() {
    return text;
  }

  void endLine() throws IOException {
    text.append('\n');
    if (text.length() >= PIECE) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
