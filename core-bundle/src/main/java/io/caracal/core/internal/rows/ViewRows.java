package io.caracal.core.internal.rows;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Views as binary rows. */
final class ViewRows implements FlowOutput {
  private final RowFile file;
  private final List<ViewDescription> views;

  /** Creates the file and writes its header. */
  ViewRows(Path path, List<View> views, FlowSettings flows) throws IOException {
    this.views = views.stream().map(View::description).toList();
    List<String> columns = new ArrayList<>();
    List<Map<String, Object>> shapes = new ArrayList<>();
    for (ViewDescription view : this.views) {
      view.columnNames().forEach(column -> columns.add(view.name() + "/" + column));
      shapes.add(
          Map.of(
              "name", view.name(),
              "version", view.version(),
              "shape", view.shape(),
              "leaks", leaks(view)));
    }
    Map<String, Object> header = RowFile.header(columns, flows);
    header.put("views", shapes);
    this.file = new RowFile(path, header, columns.size());
  }

  private static List<String> leaks(ViewDescription view) {
    return view.columns().stream()
        .filter(column -> column.use() != ViewDescription.Use.FEATURE)
        .map(ViewDescription.Column::name)
        .toList();
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      file.begin(batch, row);
      for (ViewDescription view : views) {
        FloatBuffer values = batch.view(view.name());
        int from = row * view.width();
        for (int column = 0; column < view.width(); column++) {
          file.put(values.get(from + column));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
