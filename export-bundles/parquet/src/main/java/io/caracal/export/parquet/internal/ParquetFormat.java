package io.caracal.export.parquet.internal;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Apache Parquet: the fields of a flow and every column of the views, compressed with zstd. */
@Component(service = FlowOutput.Format.class)
public final class ParquetFormat implements FlowOutput.Format {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public List<View> views(List<View> chosen, List<View> installed) {
    return chosen.isEmpty() ? installed : chosen;
  }

  @Override
  public boolean marksCheckpoints(List<View> views) {
    return true;
  }

  @Override
  public FlowOutput open(String destination, List<View> views, FlowSettings flows)
      throws IOException {
    return new ParquetOutput(Path.of(destination), views, flows);
  }
}
