package io.caracal.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an extender reports of the plugins it turned into services, or refused to. An OSGi service;
 * thread-safe.
 */
@ConsumerType
public interface PluginReport {
  /**
   * The plugins that this extender is responsible for, refused ones included.
   *
   * @return one status per plugin, in the order of ids
   */
  List<PluginStatus> plugins();
}
