package io.caracal.alert.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class TerminalServiceTest {
  /** What the component registers when the framework has these properties. */
  private static Map<Class<?>, Object> registered(Map<String, String> properties) {
    Map<Class<?>, Object> services = new LinkedHashMap<>();
    ClassLoader loader = TerminalServiceTest.class.getClassLoader();
    Bundle bundle =
        (Bundle)
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getBundleId") ? (Object) 7L : new Version(1, 2, 3));
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
    new TerminalService(context);
    return services;
  }

  @Test
  void theTerminalIsASinkUnlessItShowsNothing() {
    assertThat(registered(Map.of())).containsOnlyKeys(AlertSink.class);
    assertThat(registered(Map.of("caracal.terminal.alerts", "none"))).isEmpty();
  }

  @Test
  void aWrongSettingIsReported() {
    Map<Class<?>, Object> services = registered(Map.of("caracal.terminal.colour", "pink"));
    assertThat(services).containsOnlyKeys(PluginReport.class);
    assertThat(((PluginReport) services.get(PluginReport.class)).plugins())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.state()).isEqualTo(PluginState.FAILED);
              assertThat(status.reason())
                  .isEqualTo(
                      "the setting terminal.colour is 'pink' but must be one of auto, always,"
                          + " never; see docs/configuration.md");
            });
  }
}
