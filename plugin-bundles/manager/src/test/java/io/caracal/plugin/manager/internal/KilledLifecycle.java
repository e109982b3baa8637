package io.caracal.plugin.manager.internal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Version;

/** A process that changes plugins and dies in the middle of it. */
final class KilledLifecycle {
  static final int KILLED = 7;
  private static final Request ROOT = Request.by("root by test");

  private KilledLifecycle() {}

  /** Arguments: folder of plugins, what to do, a jar, and the step at which to die. */
  public static void main(String[] arguments) throws Exception {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    Bench bench =
        new Bench(
            Path.of(arguments[0]),
            () -> {
              if (left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(KILLED);
              }
            });
    left.set(Integer.parseInt(arguments[3]));
    change(bench.lifecycle, arguments[1], Path.of(arguments[2]));
    Runtime.getRuntime().halt(0);
  }

  private static void change(Lifecycle lifecycle, String action, Path jar) throws Refusal {
    switch (action) {
      case "install" -> lifecycle.install(jar, ROOT);
      case "promote" -> lifecycle.promote(TestPlugin.NAME, new Version("1.0.0"), ROOT);
      case "remove" -> lifecycle.remove(TestPlugin.NAME, new Version("2.0.0"), ROOT);
      default -> throw new IllegalArgumentException(action);
    }
  }
}
