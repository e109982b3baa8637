package io.caracal.alert.eve.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class EveServiceTest {
  @TempDir private Path directory;

  /** What the component registers when the framework has these properties. */
  private static Map<Class<?>, Object> registered(Map<String, String> properties) {
    Map<Class<?>, Object> services = new LinkedHashMap<>();
    ClassLoader loader = EveServiceTest.class.getClassLoader();
    Bundle bundle =
        (Bundle)
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> new Version(1, 2, 3));
    BundleContext context =
        (BundleContext)
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getProperty" -> properties.get((String) arguments[0]);
                      case "getBundle" -> bundle;
                      case "registerService" -> {
                        services.put((Class<?>) arguments[0], arguments[1]);
                        yield null;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    new EveService(context);
    return services;
  }

  @Test
  void nothingIsRegisteredUnlessAFileIsNamed() {
    assertThat(registered(Map.of())).isEmpty();
  }

  @Test
  void aNamedFileBecomesASink() throws Exception {
    Map<Class<?>, Object> services =
        registered(Map.of("caracal.eve.file", directory.resolve("eve.json").toString()));
    assertThat(services).containsOnlyKeys(AlertSink.class);
    AlertSink sink = (AlertSink) services.get(AlertSink.class);
    assertThat(sink.name()).isEqualTo("eve");
    sink.close();
    assertThat(directory.resolve("eve.json")).isEmptyFile();
  }

  @Test
  void whatIsWrongIsReported() {
    Map<Class<?>, Object> services = registered(Map.of("caracal.eve.file", directory.toString()));
    assertThat(services).containsOnlyKeys(PluginReport.class);
    assertThat(((PluginReport) services.get(PluginReport.class)).plugins())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.id()).isEqualTo("eve");
              assertThat(status.version()).isEqualTo("1.2.3");
              assertThat(status.state()).isEqualTo(PluginState.FAILED);
              assertThat(status.reason()).contains(directory.toString(), "set eve.file to");
            });
  }
}
