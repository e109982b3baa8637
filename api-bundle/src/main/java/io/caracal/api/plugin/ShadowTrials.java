package io.caracal.api.plugin;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Has a version that is {@linkplain PluginRoles held} score live flows beside the one in use. An
 * OSGi service of the pipeline; thread-safe.
 */
@ProviderType
public interface ShadowTrials {
  /**
   * Begins a trial. Nothing of what the version on trial says reaches an alert.
   *
   * @param bundle number of the bundle whose detector or ensemble is tried
   * @return the trial, to be closed by the caller
   * @throws IllegalArgumentException with a sentence if the bundle offers nothing that can be tried
   */
  Trial begin(long bundle);

  /** A trial that lasts until it is closed. */
  @ProviderType
  interface Trial extends AutoCloseable {
    /**
     * What it has shown so far.
     *
     * @return a report, of no rows at the beginning
     */
    ShadowReport report();

    @Override
    void close();
  }
}
