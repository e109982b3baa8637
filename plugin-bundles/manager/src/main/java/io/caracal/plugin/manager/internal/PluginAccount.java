package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.PluginCounters;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginStatus;
import java.util.List;
import java.util.Map;

/** What the rest of the sensor is told of the life cycle: what was refused, and the counters. */
final class PluginAccount implements PluginReport, PluginCounters {
  private final Lifecycle lifecycle;

  PluginAccount(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public List<PluginStatus> plugins() {
    return lifecycle.refused();
  }

  @Override
  public Map<String, Object> counters() {
    return lifecycle.counters();
  }
}
