package io.caracal.export.parquet.internal;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** The compressed pages of one column in one row group, kept until the group is written. */
final class ColumnPages implements PageWriter {
  private static final int LEVEL = 1;

  private final ColumnDescriptor column;
  private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Set<org.apache.parquet.format.Encoding> encodings =
      EnumSet.noneOf(org.apache.parquet.format.Encoding.class);
  private final Statistics<?> statistics;
  private long plainBytes;
  private long values;

  ColumnPages(ColumnDescriptor column) {
    this.column = column;
    this.statistics = Statistics.createStats(column.getPrimitiveType());
  }

  @Override
  @Deprecated
  public void writePage(
      BytesInput bytes,
      int valueCount,
      Statistics<?> ofPage,
      Encoding repetition,
      Encoding definition,
      Encoding encoding)
      throws IOException {
    writePage(bytes, valueCount, valueCount, ofPage, repetition, definition, encoding);
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> ofPage,
      SizeStatistics sizes,
      Encoding repetition,
      Encoding definition,
      Encoding encoding)
      throws IOException {
    writePage(bytes, valueCount, rowCount, ofPage, repetition, definition, encoding);
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> ofPage,
      Encoding repetition,
      Encoding definition,
      Encoding encoding)
      throws IOException {
    byte[] plain = bytes(bytes);
    byte[] packed = Zstd.compress(plain, LEVEL);
    PageHeader header = new PageHeader(PageType.DATA_PAGE, plain.length, packed.length);
    header.setData_page_header(
        new DataPageHeader(valueCount, name(encoding), name(definition), name(repetition)));
    write(header, plain.length, packed, data);
    statistics.mergeStatistics(ofPage);
    values += valueCount;
  }

  @Override
  public void writePageV2(
      int rowCount,
      int nullCount,
      int valueCount,
      BytesInput repetitionLevels,
      BytesInput definitionLevels,
      Encoding encoding,
      BytesInput bytes,
      Statistics<?> ofPage) {
    throw new UnsupportedOperationException("files are of version 1");
  }

  @Override
  public void writeDictionaryPage(DictionaryPage page) throws IOException {
    byte[] plain = bytes(page.getBytes());
    byte[] packed = Zstd.compress(plain, LEVEL);
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, plain.length, packed.length);
    header.setDictionary_page_header(
        new DictionaryPageHeader(page.getDictionarySize(), name(page.getEncoding())));
    write(header, plain.length, packed, dictionary);
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) input.size());
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  private void write(PageHeader header, int plain, byte[] packed, ByteArrayOutputStream to)
      throws IOException {
    int before = to.size();
    Util.writePageHeader(header, to);
    plainBytes += to.size() - before + plain;
    to.write(packed);
  }

  private org.apache.parquet.format.Encoding name(Encoding encoding) {
    org.apache.parquet.format.Encoding name =
        org.apache.parquet.format.Encoding.valueOf(encoding.name());
    encodings.add(name);
    return name;
  }

  /** Writes the pages, which begin at an offset in the file, and describes them. */
  ColumnMetaData writeTo(OutputStream out, long offset) throws IOException {
    dictionary.writeTo(out);
    data.writeTo(out);
    ColumnMetaData description =
        new ColumnMetaData(
            Type.valueOf(
                column
                    .getPrimitiveType()
                    .getPrimitiveTypeName()
                    .name()
                    .replaceFirst("^BINARY$", "BYTE_ARRAY")),
            new ArrayList<>(encodings),
            List.of(column.getPath()),
            CompressionCodec.ZSTD,
            values,
            plainBytes,
            getMemSize(),
            offset + dictionary.size());
    if (dictionary.size() > 0) {
      description.setDictionary_page_offset(offset);
    }
    if (statistics.hasNonNullValue()) {
      description.setStatistics(
          new org.apache.parquet.format.Statistics()
              .setNull_count(0)
              .setMin_value(statistics.getMinBytes())
              .setMax_value(statistics.getMaxBytes()));
    }
    return description;
  }

  @Override
  public long getMemSize() {
    return dictionary.size() + (long) data.size();
  }

  @Override
  public long allocatedSize() {
    return getMemSize();
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + " " + getMemSize() + " bytes of pages";
  }
}
