package io.caracal.feature.internal.history;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.feature.internal.view.Row;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * What a flow's hosts and service used to do, over minutes to hours: what is new, rare, regular,
 * spread out or more than usual. Slow scans, guessing, beacons and a host that turns to what it
 * never used show here.
 */
@Component(
    service = View.class,
    property = {"name=history", "version=1.0"})
public final class HistoryView implements ContextView {
  /** Most hosts remembered; part of the version, as values depend on it. */
  private static final int HOSTS = 1 << 16;

  private static final ViewDescription DESCRIPTION =
      Row.describe("history", "1.0", List.of(55), HistoryContext::describe);

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Context open() {
    return new HistoryContext(HOSTS);
  }
}
