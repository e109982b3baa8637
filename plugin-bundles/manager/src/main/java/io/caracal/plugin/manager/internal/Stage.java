package io.caracal.plugin.manager.internal;

import java.util.Locale;

/** How far a plugin has come. */
public enum Stage {
  /** Its bytes are here. */
  STAGED,
  /** Its signature satisfies the policy. */
  VERIFIED,
  /** Everything that it requires is here. */
  RESOLVED,
  /** It runs and is not used. */
  BESIDE,
  /** It passed its own golden vectors. */
  TESTED,
  /** It scores live flows beside the version in use. */
  SHADOW,
  /** It is used. */
  PROMOTED,
  /** It runs, is not used, and can be put to use at once. */
  STANDBY,
  /** It is not used because it failed at work or somebody said so. */
  QUARANTINED,
  /** It was not taken. */
  REFUSED,
  /** It is gone. */
  RETIRED;

  /** As the journal writes it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a plugin that was left there is among the installed ones after a restart. */
  boolean installed() {
    return this == PROMOTED || this == STANDBY || this == QUARANTINED;
  }
}
