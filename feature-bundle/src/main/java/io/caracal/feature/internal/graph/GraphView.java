package io.caracal.feature.internal.graph;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.feature.internal.view.Row;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * The neighbourhood of a flow in the graph whose nodes are hosts and whose edges are flows: sums of
 * its two ends over one and ten minutes, and those of the four hosts that each met last, for a
 * network that learns how to put neighbours together (GraphSAGE, Hamilton et al. 2017; of edges Lo
 * et al. 2022).
 */
@Component(
    service = View.class,
    property = {"name=graph", "version=1.0"})
public final class GraphView implements ContextView {
  /** Most hosts remembered; part of the version, as values depend on it. */
  private static final int HOSTS = 1 << 16;

  private static final ViewDescription DESCRIPTION =
      Row.describe("graph", "1.0", List.of(136), GraphContext::describe);

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Context open() {
    return new GraphContext(HOSTS);
  }
}
