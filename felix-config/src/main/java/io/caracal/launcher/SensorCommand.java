package io.caracal.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that the bundles run. */
abstract class SensorCommand implements Callable<Integer> {
  /** Framework property that says which command the framework was started for. */
  static final String COMMAND = "caracal.sensor.command";

  @Mixin private Common common = new Common();

  /** The command's name among the bundles. */
  abstract String name();

  /** The command's options in the bundles' words, and settings that follow from them. */
  abstract void describe(Map<String, Object> options, Map<String, String> settings);

  @Override
  public Integer call() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("progress", common.progress());
    describe(options, settings);
    settings.putAll(common.properties());
    return run(options, settings);
  }

  /** Has the command done, in a framework of its own. */
  int run(Map<String, Object> options, Map<String, String> settings) throws Exception {
    settings.put(COMMAND, name());
    System.setProperty("caracal.log.level", settings.getOrDefault("caracal.log.level", "INFO"));
    try (Sensor sensor = Sensor.start(Distribution.locate(), settings)) {
      Signals.handle(() -> sensor.stop(name()), sensor::hangUp);
      return sensor.run(name(), options);
    }
  }
}
