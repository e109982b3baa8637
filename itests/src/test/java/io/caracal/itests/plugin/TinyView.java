package io.caracal.itests.plugin;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import java.nio.FloatBuffer;
import java.util.List;

/** A view of somebody else, with the name and the columns that the tiny model reads. */
public final class TinyView implements FeatureView {
  private static final ViewDescription DESCRIPTION =
      new ViewDescription(
          "tiny",
          "1.0",
          List.of(3),
          List.of(
              new Column("c0", "count", "Forward packets."),
              new Column("c1", "count", "Backward packets."),
              new Column("c2", "B", "IP bytes of both directions.")));

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    row.put(offset, (float) flow.forward().packets());
    row.put(offset + 1, (float) flow.backward().packets());
    row.put(offset + 2, (float) (flow.forward().ipBytes() + flow.backward().ipBytes()));
  }
}
