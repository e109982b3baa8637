package io.caracal.export.parquet.internal;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * The frame of a Parquet file: row groups between two magic numbers, and the footer that finds
 * them.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">Apache Parquet, file format</a>
 */
final class ParquetFile implements AutoCloseable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final FlowSchema schema;
  private final List<KeyValue> metadata = new ArrayList<>();
  private final List<RowGroup> groups = new ArrayList<>();
  private long position = MAGIC.length;
  private long rows;

  ParquetFile(Path path, FlowSchema schema, Map<String, String> metadata) throws IOException {
    this.schema = schema;
    metadata.forEach((key, value) -> this.metadata.add(new KeyValue(key).setValue(value)));
    out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
    out.write(MAGIC);
  }

  /** Writes a row group of at least one row. */
  void write(RowGroupPages pages, long groupRows) throws IOException {
    List<ColumnChunk> chunks = new ArrayList<>();
    long begin = position;
    long plain = 0;
    for (ColumnDescriptor column : schema.type().getColumns()) {
      ColumnMetaData description = pages.of(column).writeTo(out, position);
      chunks.add(new ColumnChunk(position).setMeta_data(description));
      position += description.getTotal_compressed_size();
      plain += description.getTotal_uncompressed_size();
    }
    groups.add(
        new RowGroup(chunks, plain, groupRows)
            .setFile_offset(begin)
            .setTotal_compressed_size(position - begin)
            .setOrdinal((short) groups.size()));
    rows += groupRows;
  }

  /** Writes the footer, without which the file is none. */
  void end() throws IOException {
    ColumnOrder order = ColumnOrder.TYPE_ORDER(new TypeDefinedOrder());
    FileMetaData description =
        new FileMetaData(VERSION, schema.elements(), rows, groups)
            .setKey_value_metadata(metadata)
            .setCreated_by("caracal")
            .setColumn_orders(Collections.nCopies(schema.type().getColumns().size(), order));
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(description, footer);
    footer.writeTo(out);
    out.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.size())
            .array());
    out.write(MAGIC);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
