package io.caracal.core.internal.guard;

import io.caracal.api.plugin.PluginRoles;

/**
 * Why a version is left out. It lasts until somebody who knows takes the version's bundle into use
 * again.
 *
 * @param bundle number of the bundle
 * @param reason one sentence
 * @param held whether the bundle was seen out of use since
 * @param lifted whether it was seen in use after that
 */
public record Quarantine(long bundle, String reason, boolean held, boolean lifted) {
  /** A quarantine that begins. */
  public static Quarantine of(long bundle, String reason) {
    return new Quarantine(bundle, reason, false, false);
  }

  /** The same after a look at the roles. */
  public Quarantine seen(PluginRoles roles) {
    boolean inUse = roles.inUse(bundle);
    return new Quarantine(bundle, reason, held || !inUse, held && inUse);
  }
}
