package io.caracal.api.plugin;

/** Where a plugin stands. */
public enum PluginState {
  /** Works. */
  ACTIVE,
  /** Works but a newer version is in use. */
  STANDBY,
  /** Refused or failed; the reason says why. It takes no part. */
  FAILED,
  /** Failed too often at run time and is left out. */
  QUARANTINED,
  /** Installed, but something it requires is missing. */
  UNRESOLVED
}
