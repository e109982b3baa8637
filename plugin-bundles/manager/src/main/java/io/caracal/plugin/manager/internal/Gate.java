package io.caracal.plugin.manager.internal;

import java.security.cert.X509Certificate;
import java.util.List;
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
   * What a signature would be worth here, before the jar is here.
   *
   * @param symbolicName of the plugin
   * @param sha256 of its jar
   * @param signer certificates of who is said to have signed it, the own one first
   */
  Standing standing(String symbolicName, String sha256, List<X509Certificate> signer);

  /**
   * What a signature is worth.
   *
   * @param signer the signer's name, empty if there is none
   * @param objection a clause that says why the plugin would be refused, empty if it would not
   */
  record Standing(String signer, String objection) {}

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
