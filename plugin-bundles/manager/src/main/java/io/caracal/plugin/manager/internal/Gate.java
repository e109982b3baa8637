package io.caracal.plugin.manager.internal;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Decides whether a plugin may be installed, and whether what was installed may resolve. */
public interface Gate {
  /**
   * Examines a plugin before anything of it is installed.
   *
   * @return who signed it, empty if nobody and the policy does not mind
   * @throws Refusal if it may not
   */
  String admit(PluginJar jar, Past past) throws Refusal;

  /**
   * Examines the bundle that was made of an admitted plugin, and lets it resolve. Without this no
   * bundle does that is installed or updated after the start.
   *
   * @throws Refusal if it may not; it must be uninstalled then
   */
  void admit(Bundle bundle, PluginJar jar) throws Refusal;

  /** What was installed here before. */
  interface Past {
    /** Nothing. */
    Past NONE =
        new Past() {
          @Override
          public Optional<Version> highest(String symbolicName) {
            return Optional.empty();
          }

          @Override
          public boolean holds(String sha256) {
            return false;
          }
        };

    /** The highest version of a plugin that was ever installed here. */
    Optional<Version> highest(String symbolicName);

    /** Whether a jar was installed and nobody took it away since. */
    boolean holds(String sha256);
  }
}
