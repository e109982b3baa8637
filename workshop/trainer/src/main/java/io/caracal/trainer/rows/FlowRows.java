package io.caracal.trainer.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.truth.FlowKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A flow-row table as docs/flow-rows.md defines it, mapped into memory. Safe for use by several
 * threads; not after {@link #close}.
 */
public final class FlowRows implements AutoCloseable {
  /** Bytes of a record before its columns. */
  static final int IDENTITY = 96;

  private static final int LONGEST_HEADER = 16 << 20;
  private static final ValueLayout.OfLong INT64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort INT16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final MemorySegment records;
  private final RowsHeader header;
  private final long stride;
  private final int count;

  private FlowRows(Arena arena, MemorySegment records, RowsHeader header, long stride, int count) {
    this.arena = arena;
    this.records = records;
    this.header = header;
    this.stride = stride;
    this.count = count;
  }

  /**
   * Maps a table.
   *
   * @param file the table
   * @return its rows
   * @throws TrainerException if it cannot be read or is no such table
   */
  public static FlowRows open(Path file) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      long end = endOfLine(map);
      if (end < 0) {
        throw new TrainerException(file + " is no table of flow rows: write it with --format rows");
      }
      byte[] line = map.asSlice(0, end).toArray(ValueLayout.JAVA_BYTE);
      RowsHeader header =
          new ObjectMapper().readValue(new String(line, StandardCharsets.UTF_8), RowsHeader.class);
      if (!header.format().equals(RowsHeader.FORMAT)) {
        throw new TrainerException(
            file + " has format " + header.format() + ", not " + RowsHeader.FORMAT);
      }
      long stride = IDENTITY + 4L * header.columns().size();
      MemorySegment records = map.asSlice(end + 1);
      if (records.byteSize() % stride != 0) {
        throw new TrainerException(file + " is cut short: let the sensor write it again");
      }
      return new FlowRows(
          arena, records, header, stride, Math.toIntExact(records.byteSize() / stride));
    } catch (JsonProcessingException e) {
      arena.close();
      throw new TrainerException(file + " has a first line that is no JSON header", e);
    } catch (IOException e) {
      arena.close();
      throw TrainerException.unreadable("the flow rows", file, e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** What the columns of a table are, without keeping it open. */
  static RowsHeader header(Path file) {
    try (FlowRows rows = open(file)) {
      return rows.header();
    }
  }

  /**
   * A table of one flat view in memory; every row is a flow of one packet, from nobody to nobody.
   *
   * @param view name of the view
   * @param columns names of its columns
   * @param values rows one after the other
   */
  public static FlowRows of(String view, List<String> columns, float[] values) {
    int count = values.length / columns.size();
    long stride = IDENTITY + 4L * columns.size();
    Arena arena = Arena.ofShared();
    MemorySegment records = arena.allocate(Math.max(1, count * stride), Long.BYTES);
    for (int row = 0; row < count; row++) {
      long at = row * stride;
      records.set(INT64, at, row);
      records.set(INT32, at + 72, 1);
      MemorySegment.copy(
          values, row * columns.size(), records, FLOAT32, at + IDENTITY, columns.size());
    }
    RowsHeader header =
        new RowsHeader(
            RowsHeader.FORMAT,
            columns.stream().map(column -> view + '/' + column).toList(),
            List.of(new RowsHeader.View(view, "1.0", List.of(columns.size()), List.of())),
            null,
            null,
            null);
    return new FlowRows(arena, records, header, stride, count);
  }

  private static long endOfLine(MemorySegment map) {
    for (long at = 0; at < Math.min(map.byteSize(), LONGEST_HEADER); at++) {
      if (map.get(ValueLayout.JAVA_BYTE, at) == '\n') {
        return at;
      }
    }
    return -1;
  }

  /** What the columns are. */
  public RowsHeader header() {
    return header;
  }

  /** Number of records. */
  public int count() {
    return count;
  }

  /** The same for all records of one flow. */
  public long flowId(int row) {
    return records.get(INT64, row * stride);
  }

  /** First packet, nanoseconds since 1970-01-01 UTC. */
  public long startNanos(int row) {
    return records.get(INT64, row * stride + 8);
  }

  /** Last packet, nanoseconds since 1970-01-01 UTC. */
  public long lastNanos(int row) {
    return records.get(INT64, row * stride + 16);
  }

  /** The initiator's address. */
  public Address source(int row) {
    return address(row, 24);
  }

  /** The responder's address. */
  public Address destination(int row) {
    return address(row, 40);
  }

  private Address address(int row, int offset) {
    long at = row * stride;
    return new Address(
        records.get(ValueLayout.JAVA_BYTE, at + 61) != 0,
        records.get(INT64, at + offset),
        records.get(INT64, at + offset + 8));
  }

  /** Who talks to whom, in either direction. */
  public FlowKey key(int row) {
    long at = row * stride;
    return FlowKey.of(
        source(row),
        Short.toUnsignedInt(records.get(INT16, at + 56)),
        destination(row),
        Short.toUnsignedInt(records.get(INT16, at + 58)),
        Byte.toUnsignedInt(records.get(ValueLayout.JAVA_BYTE, at + 60)));
  }

  /** Who talked to whom, as the sensor tells it; without VLAN and tunnel. */
  public FlowIdentity identity(int row) {
    long at = row * stride;
    Address source = source(row);
    Address destination = destination(row);
    return new FlowIdentity(
        source.ipv6(),
        source.high(),
        source.low(),
        Short.toUnsignedInt(records.get(INT16, at + 56)),
        destination.high(),
        destination.low(),
        Short.toUnsignedInt(records.get(INT16, at + 58)),
        Byte.toUnsignedInt(records.get(ValueLayout.JAVA_BYTE, at + 60)),
        0,
        false);
  }

  /** Whether a flow goes on after a record. */
  public boolean checkpoint(int row) {
    return records.get(ValueLayout.JAVA_BYTE, row * stride + 62) == 0;
  }

  /** Packets of both directions. */
  public long packets(int row) {
    long at = row * stride;
    return Integer.toUnsignedLong(records.get(INT32, at + 72))
        + Integer.toUnsignedLong(records.get(INT32, at + 76));
  }

  /** One column's value, NaN where a detector abstained. */
  public float value(int row, int column) {
    return records.get(FLOAT32, row * stride + IDENTITY + 4L * column);
  }

  /** Copies {@code width} columns from {@code first} on. */
  public void copy(int row, int first, int width, float[] to, int offset) {
    MemorySegment.copy(records, FLOAT32, row * stride + IDENTITY + 4L * first, to, offset, width);
  }

  @Override
  public void close() {
    arena.close();
  }
}
