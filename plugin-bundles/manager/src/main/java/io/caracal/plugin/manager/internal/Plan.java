package io.caracal.plugin.manager.internal;

import java.util.List;

/**
 * What would come of installing a plugin.
 *
 * @param plugin symbolic name
 * @param version its version
 * @param signer who signed it, empty if nobody
 * @param changes what would change, one sentence each
 * @param obstacles why it cannot be, one sentence each; empty if it can
 */
public record Plan(
    String plugin, String version, String signer, List<String> changes, List<String> obstacles) {
  /** Copies the lists. */
  public Plan {
    changes = List.copyOf(changes);
    obstacles = List.copyOf(obstacles);
  }

  /** Whether nothing stands against it. */
  public boolean possible() {
    return obstacles.isEmpty();
  }
}
