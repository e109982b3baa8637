package io.caracal.api.plugin;

import java.util.List;

/**
 * What an operator is told about one plugin.
 *
 * @param bundle number of the OSGi bundle that it came in
 * @param id id of the detector or other plugin
 * @param version its version
 * @param family what it is, empty if unknown
 * @param views the views it reads, as {@code name version}
 * @param engine what runs it, empty if unknown
 * @param device where it runs, empty if unknown
 * @param state where it stands
 * @param reason one sentence if it is not {@link PluginState#ACTIVE}, else empty
 */
public record PluginStatus(
    long bundle,
    String id,
    String version,
    String family,
    List<String> views,
    String engine,
    String device,
    PluginState state,
    String reason) {
  /** Copies the list. */
  public PluginStatus {
    views = List.copyOf(views);
  }
}
