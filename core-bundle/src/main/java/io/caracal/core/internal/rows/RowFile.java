package io.caracal.core.internal.rows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes docs/flow-rows.md's table. Used by one thread. */
final class RowFile implements AutoCloseable {
  private static final int IDENTITY_BYTES = 96;
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final int recordBytes;

  RowFile(Path path, Map<String, Object> header, int columns) throws IOException {
    this.recordBytes = IDENTITY_BYTES + Float.BYTES * columns;
    this.channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    byte[] json = new ObjectMapper().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer line = ByteBuffer.allocate((json.length + 8) / 8 * 8);
    line.put(json);
    while (line.remaining() > 1) {
      line.put((byte) ' ');
    }
    line.put((byte) '\n').flip();
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  /** The part of the header that every table has. */
  static Map<String, Object> header(List<String> columns, FlowSettings flows) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("format", "caracal-rows/1");
    header.put("columns", columns);
    header.put(
        "flows",
        Map.of(
            "idleTimeout", flows.idleTimeout().toNanos() / 1e9,
            "activeTimeout", flows.activeTimeout().toNanos() / 1e9,
            "activityTimeout", flows.activityTimeout().toNanos() / 1e9,
            "checkpointPackets", flows.checkpointPackets(),
            "checkpointInterval", flows.checkpointInterval().toNanos() / 1e9));
    return header;
  }

  /** Starts a record; the caller then puts exactly the announced number of columns. */
  RowFile begin(FlowBatch batch, int row) throws IOException {
    if (buffer.remaining() < recordBytes) {
      drain();
    }
    FlowIdentity who = batch.identity(row);
    buffer.putLong(batch.flowId(row)).putLong(batch.startNanos(row)).putLong(batch.lastNanos(row));
    buffer.putLong(who.sourceHigh()).putLong(who.sourceLow());
    buffer.putLong(who.destinationHigh()).putLong(who.destinationLow());
    buffer.putShort((short) who.sourcePort()).putShort((short) who.destinationPort());
    buffer.put((byte) who.protocol()).put((byte) (who.ipv6() ? 1 : 0));
    buffer.put((byte) batch.reason(row).ordinal()).put((byte) 0);
    buffer.putInt(batch.checkpoint(row)).putInt(who.vlan());
    buffer.putInt((int) batch.forwardPackets(row)).putInt((int) batch.backwardPackets(row));
    buffer.putLong(batch.forwardBytes(row)).putLong(batch.backwardBytes(row));
    return this;
  }

  RowFile put(float value) {
    buffer.putFloat(value);
    return this;
  }

  private void drain() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    drain();
    channel.close();
  }
}
