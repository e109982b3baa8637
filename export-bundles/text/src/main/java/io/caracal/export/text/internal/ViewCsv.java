package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowField;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/** Any views as CSV: the fields of a flow, then {@code VIEW/COLUMN} for each column. */
final class ViewCsv implements FlowOutput {
  private final TextFile file;
  private final Times times = new Times("uuuu-MM-dd'T'HH:mm:ss");
  private final List<ViewDescription> views;

  ViewCsv(String path, List<View> views) throws IOException {
    this.views = views.stream().map(View::description).toList();
    file = new TextFile(path);
    for (FlowField field : FlowField.values()) {
      separator(field).append(field.key());
    }
    for (ViewDescription view : this.views) {
      for (String column : view.columnNames()) {
        file.text().append(',').append(view.name()).append('/').append(column);
      }
    }
    file.endLine();
  }

  private StringBuilder separator(FlowField field) {
    return field.ordinal() == 0 ? file.text() : file.text().append(',');
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      StringBuilder line = file.text();
      for (FlowField field : FlowField.values()) {
        separator(field);
        switch (field.type()) {
          case NUMBER -> line.append(field.number(batch.flow(row)));
          case TEXT -> line.append(field.text(batch.flow(row)));
          case TIME -> {
            times.nanos(line, field.number(batch.flow(row)));
            line.append('Z');
          }
        }
      }
      for (ViewDescription view : views) {
        FloatBuffer values = batch.view(view.name());
        int from = row * view.width();
        for (int column = 0; column < view.width(); column++) {
          Values.append(line.append(','), values.get(from + column));
        }
      }
      file.endLine();
    }
  }

  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
