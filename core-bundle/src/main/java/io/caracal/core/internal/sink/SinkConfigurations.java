package io.caracal.core.internal.sink;

import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * The sinks that are configured. A kind of sink is a factory of Configuration Admin, {@code
 * io.caracal.sink.KIND}; its instances come from files in the folder {@code config} ({@code
 * io.caracal.sink.KIND-NAME.cfg}) and, one of each kind, from settings ({@code KIND.KEY}).
 */
@Component(service = SinkConfigurations.class, immediate = true)
public final class SinkConfigurations {
  /** What the factories of sinks begin with; a kind follows. */
  public static final String FACTORY = "io.caracal.sink.";

  private static final String GIVEN = "sinks.settings"; // keys that the launcher passes on
  private static final long PATIENCE_MILLIS = 10_000;

  private final ConfigurationAdmin admin;
  private final ServiceComponentRuntime components;
  private final BundleContext context;

  /** Makes configurations of the settings. */
  @Activate
  public SinkConfigurations(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference ServiceComponentRuntime components)
      throws IOException {
    this.context = context;
    this.admin = admin;
    this.components = components;
    Settings settings = new Settings(context::getProperty);
    Map<String, List<String>> kinds =
        Arrays.stream(settings.text(GIVEN, "").split(","))
            .filter(Predicate.not(String::isEmpty))
            .collect(
                Collectors.groupingBy(
                    key -> key.substring(0, key.indexOf('.')), TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
      Map<String, Object> values = new TreeMap<>();
      kind.getValue().forEach(key -> values.put(key, settings.text(key, "")));
      admin
          .getFactoryConfiguration(FACTORY + kind.getKey(), "set", "?")
          .update(FrameworkUtil.asDictionary(values));
    }
  }

  /**
   * Waits until every configured sink works or has failed.
   *
   * @return a sentence for each that does not work
   */
  public List<String> problems() {
    long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (true) {
      List<String> waiting = configured().filter(pid -> state(pid) == State.WAITING).toList();
      if (waiting.isEmpty() || System.currentTimeMillis() > deadline) {
        return Stream.concat(
                waiting.stream().map(SinkConfigurations::unread),
                configured().filter(pid -> state(pid) == State.FAILED).map(this::failure))
            .toList();
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of("interrupted while the sinks started");
      }
    }
  }

  private enum State {
    WAITING,
    WORKING,
    FAILED
  }

  private Stream<String> configured() {
    try {
      Configuration[] all = admin.listConfigurations("(service.pid=" + FACTORY + "*)");
      return all == null ? Stream.of() : Arrays.stream(all).map(Configuration::getPid).sorted();
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException("the configurations cannot be listed", e);
    }
  }

  private State state(String pid) {
    return component(pid)
        .map(
            found ->
                switch (found.state) {
                  case ComponentConfigurationDTO.ACTIVE -> State.WORKING;
                  case ComponentConfigurationDTO.FAILED_ACTIVATION -> State.FAILED;
                  default -> State.WAITING;
                })
        .orElse(State.WAITING);
  }

  private Optional<ComponentConfigurationDTO> component(String pid) {
    return components
        .getComponentDescriptionDTOs(context.getBundle(0).getBundleContext().getBundles())
        .stream()
        .filter(
            description ->
                Arrays.stream(description.configurationPid)
                    .anyMatch(own -> own.startsWith(FACTORY)))
        .flatMap(description -> components.getComponentConfigurationDTOs(description).stream())
        .filter(found -> pid.equals(pid(found)))
        .findFirst();
  }

  private static String pid(ComponentConfigurationDTO component) {
    Object pid = component.properties.get("service.pid");
    return String.valueOf(pid);
  }

  private static String unread(String pid) {
    return "no plugin reads the configuration "
        + pid
        + "; its file must be called io.caracal.sink.KIND-NAME.cfg after a sink that is installed";
  }

  private String failure(String pid) {
    return component(pid).map(found -> reason(found.failure)).orElse(unread(pid));
  }

  /** What the constructor threw, out of the stack trace that the runtime keeps. */
  private static String reason(String trace) {
    String cause =
        trace
            .lines()
            .filter(line -> line.startsWith("Caused by: "))
            .findFirst()
            .or(() -> trace.lines().findFirst())
            .orElse("");
    return cause.replaceFirst("^(Caused by: )?[a-zA-Z0-9_.$]+: ", "");
  }
}
