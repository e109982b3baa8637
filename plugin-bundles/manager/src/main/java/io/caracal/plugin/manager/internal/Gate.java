package io.caracal.plugin.manager.internal;

/** Decides whether the bytes of a plugin may be installed. */
@FunctionalInterface
interface Gate {
  /**
   * Examines a plugin before anything of it is installed.
   *
   * @return who signed it, empty if nobody and the policy does not mind
   * @throws Refusal if it may not
   */
  String admit(PluginJar jar) throws Refusal;
}
