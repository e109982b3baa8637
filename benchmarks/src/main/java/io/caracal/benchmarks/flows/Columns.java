package io.caracal.benchmarks.flows;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.View;
import io.caracal.feature.internal.host.HostView;
import io.caracal.feature.internal.view.CicView;
import io.caracal.feature.internal.view.PacketsView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Computes every column of {@code cic}, {@code packets} and {@code host} for every record,
 * checkpoints included, and keeps none. One column of each view, another for each record, goes into
 * a sum, so that no work is left out as useless.
 */
final class Columns implements FlowListener {
  private final List<FeatureView> views = List.of(new CicView(), new PacketsView());
  private final List<FloatBuffer> rows = views.stream().map(Columns::row).toList();
  private final ContextView host = new HostView();
  private final ContextView.Context context = host.open();
  private final FloatBuffer around = row(host);
  private long records;
  private double sum;

  private static FloatBuffer row(View view) {
    return ByteBuffer.allocateDirect(view.description().width() * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void onStart(FlowRecord record) {
    context.onStart(record.identity(), record.startNanos());
  }

  @Override
  public void onFlow(FlowRecord record) {
    for (int i = 0; i < views.size(); i++) {
      FloatBuffer row = rows.get(i);
      views.get(i).write(record, row, 0);
      sum += row.get((int) (records % row.capacity()));
    }
    context.write(FlowSummary.of(record), around, 0);
    sum += around.get((int) (records % around.capacity()));
    records++;
  }

  long records() {
    return records;
  }

  double sum() {
    return sum;
  }
}
