package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** CSV: the view {@code cic} alone as CICFlowMeter writes it, other views by their own columns. */
@Component(service = FlowOutput.Format.class)
public final class CsvFormat implements FlowOutput.Format {
  private static final String CIC = "cic";

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String extension() {
    return "csv";
  }

  @Override
  public List<View> views(List<View> chosen, List<View> installed) {
    List<View> wanted =
        chosen.isEmpty()
            ? installed.stream().filter(view -> view.description().name().equals(CIC)).toList()
            : chosen;
    return wanted.size() == 1 && wanted.getFirst().description().name().equals(CIC)
        ? List.of(wanted.getFirst(), CicExtra.VIEW)
        : wanted;
  }

  @Override
  public boolean marksCheckpoints(List<View> views) {
    return !views.contains(CicExtra.VIEW);
  }

  @Override
  public FlowOutput open(String destination, List<View> views, FlowSettings flows)
      throws IOException {
    return views.contains(CicExtra.VIEW)
        ? new CicCsv(destination, views.getFirst().description())
        : new ViewCsv(destination, views);
  }
}
