package io.caracal.core.internal.rows;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The binary rows that the workshop reads; in the core because scores are written so too. */
@Component(service = FlowOutput.Format.class)
public final class RowsFormat implements FlowOutput.Format {
  @Override
  public String name() {
    return "rows";
  }

  @Override
  public String extension() {
    return "rows";
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
    return new ViewRows(Path.of(destination), views, flows);
  }
}
