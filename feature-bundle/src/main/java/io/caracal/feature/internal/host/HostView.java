package io.caracal.feature.internal.host;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.feature.internal.view.Row;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * What the other flows around a flow did: the time and connection windows of the KDD features, and
 * statistics of the source, the destination and their rhythm on several scales of time. Scans,
 * floods, password guessing and beacons show here and in no single flow.
 */
@Component(
    service = View.class,
    property = {"name=host", "version=1.0"})
public final class HostView implements ContextView {
  /**
   * Most sources, destinations and rhythms remembered; part of the version, as values depend on it.
   */
  private static final int HOSTS = 1 << 16;

  private static final ViewDescription DESCRIPTION =
      Row.describe("host", "1.0", List.of(36), HostContext::describe);

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public Context open() {
    return new HostContext(HOSTS);
  }
}
