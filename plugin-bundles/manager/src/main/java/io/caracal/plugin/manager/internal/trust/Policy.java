package io.caracal.plugin.manager.internal.trust;

import io.caracal.api.plugin.Settings;
import java.util.Locale;

/** What becomes of a plugin whose signature does not count. */
enum Policy {
  /** It is refused. */
  ENFORCE,
  /** It is taken, and the log says what is wrong. */
  WARN,
  /** It is taken; nobody looks at signatures. */
  OFF;

  static Policy of(Settings settings) {
    String text = settings.text("plugins.trust", "enforce");
    for (Policy policy : values()) {
      if (policy.name().toLowerCase(Locale.ROOT).equals(text)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "the setting plugins.trust is '" + text + "' but must be enforce, warn or off");
  }
}
