package io.caracal.core.internal.rows;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** One view as CSV: who, when, why the record was written, then the view's columns. */
public final class ViewCsv implements FlowOutput {
  private final BufferedWriter out;
  private final List<ViewDescription> views;

  /** Creates the file and writes the header line. */
  public ViewCsv(Path path, List<View> views) throws IOException {
    this.views = views.stream().map(View::description).toList();
    this.out = Files.newBufferedWriter(path);
    out.write("Flow ID,Src IP,Src Port,Dst IP,Timestamp,End Reason,Checkpoint,VLAN");
    for (ViewDescription view : this.views) {
      for (String column : view.columnNames()) {
        out.write(',');
        out.write(column);
      }
    }
    out.write('\n');
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int row = 0; row < batch.size(); row++) {
      line.setLength(0);
      identity(line, batch, row);
      for (ViewDescription view : views) {
        FloatBuffer values = batch.view(view.name());
        int from = row * view.width();
        for (int column = 0; column < view.width(); column++) {
          number(line.append(','), values.get(from + column));
        }
      }
      out.append(line.append('\n'));
    }
  }

  private static void identity(StringBuilder line, FlowBatch batch, int row) {
    FlowIdentity who = batch.identity(row);
    long nanos = batch.startNanos(row);
    line.append(batch.flowId(row))
        .append(',')
        .append(who.source())
        .append(',')
        .append(who.sourcePort());
    line.append(',').append(who.destination()).append(',');
    line.append(
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)));
    line.append(',').append(batch.reason(row).key()).append(',').append(batch.checkpoint(row));
    line.append(',').append(who.vlan());
  }

  /** Whole numbers without a fraction: most columns are counts. */
  private static void number(StringBuilder line, float value) {
    if (value == (long) value) {
      line.append((long) value);
    } else {
      line.append(value);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
