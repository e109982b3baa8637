package io.caracal.api.plugin;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Which of the installed bundles take part in the work. A bundle that is being tried, was rolled
 * back or is quarantined runs, so that it can be put to work by one volatile write, but what it
 * offers is not used: whoever collects services of plugins asks here which of them may be. An OSGi
 * service; thread-safe.
 */
@ProviderType
public interface PluginRoles {
  /** Everything that is installed takes part. */
  PluginRoles ALL =
      new PluginRoles() {
        @Override
        public boolean inUse(long bundle) {
          return true;
        }

        @Override
        public Watch watch(Runnable changed) {
          return () -> {};
        }

        @Override
        public void quarantine(long bundle, String reason) {
          // Nobody keeps account of plugins here.
        }
      };

  /**
   * Whether what a bundle offers may be used.
   *
   * @param bundle its number, as the service property {@code service.bundleid} gives it
   * @return false while the bundle is held
   */
  boolean inUse(long bundle);

  /**
   * Asks to be told of changes.
   *
   * @param changed called by the thread that changes a role, before the change is reported as done;
   *     it must not block
   * @return ends the watch
   */
  Watch watch(Runnable changed);

  /**
   * Takes a bundle out of use because of how it works. It is out of use when this returns; whoever
   * keeps account of the plugins notes it afterwards, so that it stays out of use when the sensor
   * starts again. Called by whoever uses plugins, from any thread; does not block.
   *
   * @param bundle its number
   * @param reason one sentence for the operator
   */
  void quarantine(long bundle, String reason);

  /** A watch that lasts until it is closed. */
  @ProviderType
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
