package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** JSON lines. */
@Component(service = FlowOutput.Format.class)
public final class JsonLinesFormat implements FlowOutput.Format {
  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public String extension() {
    return "jsonl";
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
    return new JsonLines(destination, views);
  }
}
