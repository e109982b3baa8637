package io.caracal.launcher;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a folder of signed plugins a catalogue. */
@Command(
    name = "catalogue",
    description = "list the plugins of a folder in a signed index, catalogue.jar",
    mixinStandardHelpOptions = true)
final class Catalogue extends SensorCommand {
  @Parameters(paramLabel = "DIR", description = "a folder of signed plugins")
  private String folder = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "what the catalogue is called; default: ${DEFAULT-VALUE}")
  private String name = "catalogue";

  @Option(
      names = "--key",
      paramLabel = "NAME",
      description = "which key signs; default: the setting plugins.key")
  private String key = "";

  @Override
  String name() {
    return "catalogue";
  }

  @Override
  void describe(Map<String, Object> options, Map<String, String> settings) {
    settings.put("caracal.log.level", "WARN");
    settings.put(Sensor.MODELS, "false");
    if (!key.isEmpty()) {
      settings.put("caracal.plugins.key", key);
    }
    options.put("folder", Path.of(folder).toAbsolutePath().toString());
    options.put("name", name);
  }
}
