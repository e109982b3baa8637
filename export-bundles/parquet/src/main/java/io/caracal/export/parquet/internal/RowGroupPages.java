package io.caracal.export.parquet.internal;

import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;

/** The pages of one row group, by column. */
final class RowGroupPages implements PageWriteStore {
  private final Map<ColumnDescriptor, ColumnPages> columns = new HashMap<>();

  @Override
  public PageWriter getPageWriter(ColumnDescriptor column) {
    return of(column);
  }

  ColumnPages of(ColumnDescriptor column) {
    return columns.computeIfAbsent(column, ColumnPages::new);
  }
}
