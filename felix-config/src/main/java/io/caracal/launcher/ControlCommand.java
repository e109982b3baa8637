package io.caracal.launcher;

import io.caracal.plugin.control.ControlClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that a running sensor does, if there is one; otherwise it is done here, on the same
 * folders.
 */
abstract class ControlCommand extends SensorCommand {
  private static final String PREFIX = "caracal.";

  /** Settings that say where things are, or concern this process alone. */
  private static final List<String> PLACES =
      List.of(Sensor.STATE, Sensor.PLUGINS, "caracal.log.level");

  /** Whether it makes sense without a running sensor. */
  boolean alone() {
    return true;
  }

  @Override
  final int run(Map<String, Object> options, Map<String, String> settings) throws Exception {
    Path root = Distribution.locate().root();
    Path state = root.resolve(settings.getOrDefault(Sensor.STATE, "state"));
    Optional<ControlClient> sensor = ControlClient.connect(state);
    if (sensor.isPresent()) {
      try (ControlClient client = sensor.get()) {
        settings.keySet().stream()
            .filter(key -> !PLACES.contains(key))
            .forEach(ControlCommand::ignored);
        Optional.ofNullable(settings.get(Sensor.PLUGINS))
            .ifPresent(folder -> options.put("plugins", root.resolve(folder).toString()));
        return client.call(name(), options, System.in, System.out, System.err);
      }
    }
    if (!alone()) {
      throw new IllegalStateException(
          "no sensor runs with the state folder "
              + state
              + "; start one with caracal run, or name its folder by --set state.dir=DIR");
    }
    settings.put(Sensor.MODELS, "false");
    return super.run(options, settings);
  }

  private static void ignored(String property) {
    System.err.println(
        "caracal: the sensor that runs does this, by its own settings: --set "
            + property.substring(PREFIX.length())
            + " is ignored");
  }
}
