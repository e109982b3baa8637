package io.caracal.plugin.manager.internal;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The class loaders of plugins that have left the framework, which must go too. Thread-safe. */
final class Departures {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

  private final Queue<ClassLoaderWatch> leaving = new ConcurrentLinkedQueue<>();

  /** Begins to wait for the class loader of a plugin that has left the framework. */
  void add(ClassLoaderWatch classes) {
    leaving.add(classes);
  }

  /** Looks which are gone, and tells once of each that something holds. */
  synchronized void look() {
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

  /** Class loaders that were not collected yet. */
  synchronized int leaving() {
    look();
    return leaving.size();
  }

  /** Those of them that something holds. */
  synchronized long leaked() {
    return leaving.stream().filter(ClassLoaderWatch::leaked).count();
  }
}
