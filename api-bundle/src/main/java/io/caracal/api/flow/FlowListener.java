package io.caracal.api.flow;

import org.osgi.annotation.versioning.ProviderType;

/** Receives flow records from a {@link FlowTable}, on the thread that feeds the table. */
@ProviderType
@FunctionalInterface
public interface FlowListener {
  /**
   * Takes a checkpoint or the end of a flow.
   *
   * @param record valid only until this returns
   */
  void onFlow(FlowRecord record);
}
