package io.caracal.feature.internal.flow;

import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Component;

/**
 * Makes flow tables. Each numbers its flows from a range of its own, so that flow ids are unique
 * over all lanes of a run: the table's number above bit 40, the flow's number below. Ids stay below
 * 2^53, which JSON readers keep exactly, up to 8192 tables.
 */
@Component(service = FlowTable.Factory.class)
public final class BoundedFlowTables implements FlowTable.Factory {
  private static final int FLOW_BITS = 40;

  private final AtomicLong tables = new AtomicLong();

  @Override
  public FlowTable create(FlowSettings settings, FlowListener listener) {
    return new BoundedFlowTable(settings, listener, tables.getAndIncrement() << FLOW_BITS);
  }
}
