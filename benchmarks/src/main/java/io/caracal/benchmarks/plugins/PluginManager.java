package io.caracal.benchmarks.plugins;

import io.caracal.testkit.FelixContainer;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** The life cycle inside its bundle, whose classes the benchmark does not share. */
final class PluginManager {
  private static final String INTERNAL = "io.caracal.plugin.manager.internal.";

  private final Object lifecycle;
  private final Object request;

  PluginManager(FelixContainer felix) throws ReflectiveOperationException {
    BundleContext context = felix.bundle("io.caracal.plugin.manager").getBundleContext();
    ServiceReference<?> reference = context.getServiceReference(INTERNAL + "Lifecycle");
    if (reference == null) {
      throw new IllegalStateException("the manager of plugins has not started");
    }
    lifecycle = context.getService(reference);
    request =
        lifecycle
            .getClass()
            .getClassLoader()
            .loadClass(INTERNAL + "Request")
            .getMethod("by", String.class)
            .invoke(null, "benchmark");
  }

  /** Takes a plugin from its file to use; milliseconds by step. */
  @SuppressWarnings("unchecked") // so it is declared
  Map<String, Double> install(Path jar) throws ReflectiveOperationException {
    Object plugin = call("install", new Class<?>[] {Path.class, request.getClass()}, jar, request);
    return (Map<String, Double>) plugin.getClass().getMethod("steps").invoke(plugin);
  }

  /** Uninstalls a version. */
  void remove(String name, String version) throws ReflectiveOperationException {
    Object gone =
        call(
            "remove",
            new Class<?>[] {String.class, Version.class, request.getClass()},
            name,
            Version.parseVersion(version),
            request);
    if (gone == null) {
      throw new IllegalStateException(name + " " + version + " was not there");
    }
  }

  private Object call(String method, Class<?>[] types, Object... arguments)
      throws ReflectiveOperationException {
    try {
      return lifecycle.getClass().getMethod(method, types).invoke(lifecycle, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    }
  }
}
