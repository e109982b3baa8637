package io.caracal.alert.terminal.internal;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.api.plugin.Settings;
import java.io.Console;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Registers the terminal as a sink, as the settings {@code terminal.alerts} and {@code
 * terminal.colour} ask. If they are wrong, a {@link PluginReport} says so instead.
 */
@Component(
    service = {},
    immediate = true)
public final class TerminalService {
  private static final Dictionary<String, ?> NO_PROPERTIES = FrameworkUtil.asDictionary(Map.of());

  @Activate
  public TerminalService(BundleContext context) {
    Settings settings = new Settings(context::getProperty);
    try {
      Shown shown = choice(settings, "terminal.alerts", Shown.NEW);
      Colours colours = choice(settings, "terminal.colour", Colours.AUTO);
      if (shown != Shown.NONE) {
        boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean noColor = !Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty();
        context.registerService(
            AlertSink.class,
            new TerminalLines(System.out, shown, terminal, colours.use(terminal, noColor)),
            NO_PROPERTIES);
      }
    } catch (IllegalArgumentException e) {
      PluginStatus failed =
          new PluginStatus(
              context.getBundle().getBundleId(),
              "terminal",
              context.getBundle().getVersion().toString(),
              "alerts on the terminal",
              List.of(),
              "",
              "",
              PluginState.FAILED,
              String.valueOf(e.getMessage()));
      context.registerService(PluginReport.class, () -> List.of(failed), NO_PROPERTIES);
    }
  }

  private static <E extends Enum<E>> E choice(Settings settings, String key, E otherwise) {
    List<E> choices = Arrays.asList(otherwise.getDeclaringClass().getEnumConstants());
    String text = settings.text(key, name(otherwise));
    return choices.stream()
        .filter(choice -> name(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the setting "
                        + key
                        + " is '"
                        + text
                        + "' but must be one of "
                        + String.join(", ", choices.stream().map(TerminalService::name).toList())
                        + "; see docs/configuration.md"));
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
