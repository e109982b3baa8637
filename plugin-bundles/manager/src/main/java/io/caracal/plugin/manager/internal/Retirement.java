package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a version that was replaced: it stays for {@code plugins.rollback-window}, then
 * goes, and its class loader must go with it. On a thread of its own, which also notes what the
 * host quarantined.
 */
final class Retirement implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);
  private static final long LOOK_MILLIS = 1000;

  private final Transitions transitions;
  private final PluginStore store;
  private final Departures departures;
  private final Duration window;
  private final ScheduledFuture<?> looks;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("caracal-plugins").factory());

  Retirement(Transitions transitions, PluginStore store, Departures departures, Settings settings) {
    this.transitions = transitions;
    this.store = store;
    this.departures = departures;
    this.window = settings.seconds("plugins.rollback-window", Duration.ofHours(1));
    looks =
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (Plugin plugin : store.installed().replaced()) {
        if (due(plugin)) {
          retire(plugin);
        }
      }
      departures.look();
    } catch (RuntimeException e) {
      LOG.error("versions that were replaced stay: {}", e.toString(), e);
    }
  }

  /** The window begins when the version came to use that replaced it. */
  private boolean due(Plugin plugin) {
    return store
        .installed()
        .used(plugin.name())
        .filter(used -> System.nanoTime() - used.sinceNanos() > window.toNanos())
        .isPresent();
  }

  private void retire(Plugin plugin) {
    List<String> dependents = store.bundles().dependents(plugin.bundle());
    if (!dependents.isEmpty()) {
      LOG.debug("{} stays: {} are wired to it", plugin.jar().title(), dependents);
      return;
    }
    try {
      transitions.retire(plugin);
    } catch (Refusal e) {
      LOG.warn("plugin {} is not retired: {}", plugin.jar().title(), e.getMessage());
    }
  }

  /** The host took a bundle out of use; called on its threads. */
  void failed(String reason, long bundle) {
    try {
      thread.execute(() -> transitions.failed(bundle, reason));
    } catch (RejectedExecutionException e) {
      LOG.debug("the sensor stops; {} is not noted", reason, e);
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
    thread.shutdownNow();
  }
}
