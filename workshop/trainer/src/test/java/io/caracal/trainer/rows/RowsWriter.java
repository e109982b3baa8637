package io.caracal.trainer.rows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes flow-row tables by hand, as docs/flow-rows.md says. */
public final class RowsWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public RowsWriter(String header) {
    StringBuilder line = new StringBuilder(header);
    while ((line.toString().getBytes(StandardCharsets.UTF_8).length + 1) % 8 != 0) {
      line.append(' ');
    }
    out.writeBytes((line.toString() + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /** Who, when and how much. */
  public record Identity(
      long flowId,
      double start,
      double end,
      String source,
      int sourcePort,
      String destination,
      int destinationPort,
      int protocol,
      int packets) {}

  public RowsWriter add(Identity who, float... columns) {
    Address source = Address.parse(who.source());
    Address destination = Address.parse(who.destination());
    ByteBuffer record =
        ByteBuffer.allocate(FlowRows.IDENTITY + 4 * columns.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(who.flowId())
            .putLong(Math.round(who.start() * 1e9))
            .putLong(Math.round(who.end() * 1e9))
            .putLong(source.high())
            .putLong(source.low())
            .putLong(destination.high())
            .putLong(destination.low())
            .putShort((short) who.sourcePort())
            .putShort((short) who.destinationPort())
            .put((byte) who.protocol())
            .put((byte) (source.ipv6() ? 1 : 0))
            .put((byte) 1)
            .put((byte) 0)
            .putInt(0)
            .putInt(0)
            .putInt(who.packets())
            .putInt(0)
            .putLong(0)
            .putLong(0);
    for (float column : columns) {
      record.putFloat(column);
    }
    out.writeBytes(record.array());
    return this;
  }

  public Path write(Path file) throws IOException {
    return Files.write(file, out.toByteArray());
  }
}
