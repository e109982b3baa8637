package io.caracal.export.parquet.internal;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowField;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.io.api.Binary;

/**
 * Rows on their way into a Parquet file. They are gathered into row groups in memory, each column
 * encoded as it grows, and a row group is written when it has reached {@value #GROUP_BYTES} bytes.
 */
final class ParquetOutput implements FlowOutput {
  private static final long GROUP_BYTES = 32L << 20;
  private static final ParquetProperties PROPERTIES = ParquetProperties.builder().build();

  private final ParquetFile file;
  private final FlowSchema schema;
  private final List<ViewDescription> views;
  private RowGroupPages pages;
  private ColumnWriteStore store;
  private ColumnWriter[] columns;
  private long rows;

  ParquetOutput(Path path, List<View> views, FlowSettings flows) throws IOException {
    this.views = views.stream().map(View::description).toList();
    schema = new FlowSchema(this.views);
    file = new ParquetFile(path, schema, metadata(flows));
    pages = new RowGroupPages();
    store = PROPERTIES.newColumnWriteStore(schema.type(), pages);
    columns = columns();
  }

  private Map<String, String> metadata(FlowSettings flows) {
    return Map.of(
        "caracal.views",
        views.stream().map(v -> v.name() + " " + v.version()).collect(Collectors.joining(",")),
        "caracal.flows",
        "idle-timeout=%s,active-timeout=%s,activity-timeout=%s,checkpoint-packets=%s"
            .formatted(
                flows.idleTimeout().toNanos() / 1e9,
                flows.activeTimeout().toNanos() / 1e9,
                flows.activityTimeout().toNanos() / 1e9,
                flows.checkpointPackets()));
  }

  private ColumnWriter[] columns() {
    return schema.type().getColumns().stream()
        .map(store::getColumnWriter)
        .toArray(ColumnWriter[]::new);
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      int column = fields(batch.flow(row));
      for (ViewDescription view : views) {
        FloatBuffer values = batch.view(view.name());
        int from = row * view.width();
        for (int i = 0; i < view.width(); i++) {
          columns[column++].write(values.get(from + i), 0, 0);
        }
      }
      store.endRecord();
    }
    rows += batch.size();
    if (store.getBufferedSize() >= GROUP_BYTES) {
      endGroup();
    }
  }

  private int fields(FlowSummary flow) {
    int column = 0;
    for (FlowField field : FlowField.values()) {
      ColumnWriter writer = columns[column++];
      if (field.type() == FlowField.Type.TEXT) {
        writer.write(Binary.fromString(field.text(flow)), 0, 0);
      } else {
        writer.write(field.number(flow), 0, 0);
      }
    }
    return column;
  }

  private void endGroup() throws IOException {
    store.flush();
    file.write(pages, rows);
    store.close();
    rows = 0;
    pages = new RowGroupPages();
    store = PROPERTIES.newColumnWriteStore(schema.type(), pages);
    columns = columns();
  }

  @Override
  public void close() throws IOException {
    try (file;
        ColumnWriteStore open = store) {
      if (rows > 0) {
        open.flush();
        file.write(pages, rows);
      }
      file.end();
    }
  }
}
