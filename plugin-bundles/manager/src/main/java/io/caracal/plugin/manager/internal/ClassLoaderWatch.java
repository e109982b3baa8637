package io.caracal.plugin.manager.internal;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Whether the class loader of a plugin went away. Class loaders go when the collector unloads
 * classes, which may be hours later; so one of our own, which nothing holds, tells when that
 * happened: if it is gone three times and the plugin's is not, the plugin's is held by something.
 */
final class ClassLoaderWatch {
  private static final int CYCLES = 3;

  private final String title;
  private final WeakReference<ClassLoader> loader;
  private WeakReference<ClassLoader> canary = canary();
  private int cycles;

  private ClassLoaderWatch(String title, WeakReference<ClassLoader> loader) {
    this.title = title;
    this.loader = loader;
  }

  /** Watches the class loader of a plugin that is about to be uninstalled. */
  static ClassLoaderWatch of(Plugin plugin) {
    BundleWiring wiring = plugin.bundle().adapt(BundleWiring.class);
    return new ClassLoaderWatch(plugin.jar().title(), new WeakReference<>(wiring.getClassLoader()));
  }

  private static WeakReference<ClassLoader> canary() {
    ClassLoader canary = new ClassLoader(ClassLoaderWatch.class.getClassLoader()) {};
    // A class makes it live until classes are unloaded, as a plugin's class loader does.
    Object proxy =
        Proxy.newProxyInstance(canary, new Class<?>[] {Runnable.class}, (self, method, args) -> 0);
    return new WeakReference<>(proxy.getClass().getClassLoader());
  }

  String title() {
    return title;
  }

  /** Looks again; whether it was collected. */
  boolean gone() {
    if (canary.refersTo(null)) {
      cycles++;
      canary = canary();
    }
    return loader.refersTo(null);
  }

  /** Whether something held it each time that classes were unloaded. */
  boolean leaked() {
    return cycles >= CYCLES && !loader.refersTo(null);
  }
}
