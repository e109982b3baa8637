package io.caracal.feature.internal.view;

import io.caracal.api.flow.View;
import io.caracal.feature.internal.graph.GraphView;
import io.caracal.feature.internal.history.HistoryView;
import io.caracal.feature.internal.host.HostView;
import java.util.List;

/** All views of this bundle. */
final class Views {
  private Views() {}

  static List<View> all() {
    return List.of(
        new CicView(),
        new NfView(),
        new PacketsView(),
        new HostView(),
        new HistoryView(),
        new GraphView());
  }
}
