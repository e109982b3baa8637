package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Zeek's {@code conn.log}. */
@Component(service = FlowOutput.Format.class)
public final class ZeekFormat implements FlowOutput.Format {
  @Override
  public String name() {
    return "zeek";
  }

  @Override
  public String extension() {
    return "log";
  }

  @Override
  public List<View> views(List<View> chosen, List<View> installed) {
    if (!chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "a conn.log has no place for views; leave --view out or take another format");
    }
    return List.of();
  }

  @Override
  public boolean marksCheckpoints(List<View> views) {
    return false;
  }

  @Override
  public FlowOutput open(String destination, List<View> views, FlowSettings flows)
      throws IOException {
    return new ConnLog(destination);
  }
}
