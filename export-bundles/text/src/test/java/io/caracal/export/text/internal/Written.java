package io.caracal.export.text.internal;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.testkit.RowView;
import io.caracal.testkit.SampleFlows;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What formats make of the sample flows. */
final class Written {
  private Written() {}

  /** A view whose columns hold 0.5, 1, 1.5 and so on for every flow. */
  record Halves(ViewDescription description) implements FeatureView {
    static Halves of(String name, Integer... shape) {
      return new Halves(RowView.of(name, shape).description());
    }

    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      for (int column = 0; column < description.width(); column++) {
        row.put(offset + column, (column + 1) / 2f);
      }
    }
  }

  static List<String> lines(FlowOutput.Format format, Path folder, List<View> chosen)
      throws IOException {
    Path file = folder.resolve("flows." + format.extension());
    List<View> views = format.views(chosen, chosen);
    FlowBatch batch = SampleFlows.batch(views);
    try (FlowOutput output = format.open(file.toString(), views, FlowSettings.DEFAULT)) {
      output.write(batch);
    }
    return Files.readAllLines(file);
  }
}
