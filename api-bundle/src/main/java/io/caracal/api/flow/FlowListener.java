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

  /**
   * Sees a flow begin, after its first packet was counted. Not called for what follows a flow after
   * its active timeout: that is the same connection.
   *
   * @param record valid only until this returns; {@link FlowRecord#reason} says {@link
   *     EndReason#CHECKPOINT}
   */
  default void onStart(FlowRecord record) {}
}
