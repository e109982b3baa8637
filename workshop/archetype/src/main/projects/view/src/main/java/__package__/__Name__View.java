package __package__;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import java.nio.FloatBuffer;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Two columns of a flow that say who does the talking. */
@Component(service = View.class)
@Capability(
    namespace = "io.caracal.view",
    attribute = {"name=__name__", "version:Version=1.0"})
public final class __Name__View implements FeatureView {
  private static final ViewDescription DESCRIPTION =
      new ViewDescription(
          "__name__",
          "1.0",
          List.of(2),
          List.of(
              new Column("bytes_per_packet", "B", "IP bytes over packets, both directions."),
              new Column("sent_share", "ratio", "Of the payload bytes, the initiator's share.")));

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    long packets = flow.forward().packets() + flow.backward().packets();
    long bytes = flow.forward().ipBytes() + flow.backward().ipBytes();
    row.put(offset, share(bytes, packets));
    long sent = flow.forward().payloadBytes();
    row.put(offset + 1, share(sent, sent + flow.backward().payloadBytes()));
  }

  private static float share(long part, long whole) {
    return whole == 0 ? 0 : (float) ((double) part / whole);
  }
}
