package io.caracal.plugin.manager.internal;

import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.Bundle;

/**
 * A plugin that is installed.
 *
 * @param jar what it was installed from
 * @param file where that lies in the folder of plugins, or lay when it was read
 * @param bundle what became of it
 * @param signer who signed it, empty if nobody
 * @param stage how far it has come
 * @param reason one sentence if somebody must know why it stands there, else empty
 * @param sinceNanos when it came to this stage, by {@link System#nanoTime}
 * @param steps milliseconds that each step of its way to where it is took
 */
public record Plugin(
    PluginJar jar,
    Path file,
    Bundle bundle,
    String signer,
    Stage stage,
    String reason,
    long sinceNanos,
    Map<String, Double> steps) {
  Plugin at(Stage next, String because) {
    return new Plugin(jar, file, bundle, signer, next, because, System.nanoTime(), steps);
  }

  Plugin from(Path place) {
    return new Plugin(jar, place, bundle, signer, stage, reason, sinceNanos, steps);
  }

  Plugin after(Steps taken) {
    return new Plugin(jar, file, bundle, signer, stage, reason, sinceNanos, taken.milliseconds());
  }

  String name() {
    return jar.symbolicName();
  }

  long id() {
    return bundle.getBundleId();
  }
}
