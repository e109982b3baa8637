package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.Settings;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  private final Lifecycle lifecycle;
  private final Installed installed;
  private final Bundles bundles;
  private final Duration window;
  private final Queue<ClassLoaderWatch> leaving = new ConcurrentLinkedQueue<>();
  private final ScheduledFuture<?> looks;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("caracal-plugins").factory());

  Retirement(Lifecycle lifecycle, Installed installed, Bundles bundles, Settings settings) {
    this.lifecycle = lifecycle;
    this.installed = installed;
    this.bundles = bundles;
    this.window = settings.seconds("plugins.rollback-window", Duration.ofHours(1));
    looks =
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (Plugin plugin : installed.replaced()) {
        if (due(plugin)) {
          retire(plugin);
        }
      }
      lookAtClassLoaders();
    } catch (RuntimeException e) {
      LOG.error("versions that were replaced stay: {}", e.toString(), e);
    }
  }

  /** The window begins when the version came to use that replaced it. */
  private boolean due(Plugin plugin) {
    return installed
        .used(plugin.name())
        .filter(used -> System.nanoTime() - used.sinceNanos() > window.toNanos())
        .isPresent();
  }

  private void retire(Plugin plugin) {
    List<String> dependents = bundles.dependents(plugin.bundle());
    if (!dependents.isEmpty()) {
      LOG.debug("{} stays: {} are wired to it", plugin.jar().title(), dependents);
      return;
    }
    try {
      lifecycle.retire(plugin);
    } catch (Refusal e) {
      LOG.warn("plugin {} is not retired: {}", plugin.jar().title(), e.getMessage());
    }
  }

  /** Begins to wait for the class loader of a plugin that has left the framework. */
  void watch(ClassLoaderWatch classes) {
    leaving.add(classes);
  }

  private synchronized void lookAtClassLoaders() {
    for (Iterator<ClassLoaderWatch> each = leaving.iterator(); each.hasNext(); ) {
      ClassLoaderWatch one = each.next();
      boolean known = one.leaked();
      if (one.gone()) {
        each.remove();
      } else if (one.leaked() && !known) {
        LOG.warn(
            "plugin {} is gone but its classes stay in memory: something still holds them; if that"
                + " lasts, a restart frees them",
            one.title());
      }
    }
  }

  /** Class loaders of plugins that have left and were not collected yet. */
  synchronized int leaving() {
    lookAtClassLoaders();
    return leaving.size();
  }

  /** Those of them that something holds. */
  synchronized long leaked() {
    return leaving.stream().filter(ClassLoaderWatch::leaked).count();
  }

  /** The host took a bundle out of use; called on its threads. */
  void failed(String reason, long bundle) {
    try {
      thread.execute(() -> lifecycle.failed(bundle, reason));
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
