package io.caracal.launcher;

import java.io.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that every command has. */
final class Common {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides one configuration value; see docs/configuration.md")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--debug", description = "log everything, with stack traces")
  private boolean debug;

  @Option(names = "--quiet", description = "no progress line")
  private boolean quiet;

  /** Settings as framework properties; throws a usage error for a key or value that is wrong. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    overrides.forEach(
        (key, value) -> {
          Setting setting =
              Setting.of(key)
                  .orElseThrow(
                      () ->
                          wrong(
                              "there is no setting '"
                                  + key
                                  + "'; did you mean "
                                  + Setting.nearest(key)
                                  + "? docs/configuration.md lists them all"));
          setting
              .problem(value)
              .ifPresent(
                  problem -> {
                    throw wrong(problem);
                  });
          properties.put("caracal." + key, value);
        });
    if (debug) {
      properties.put("caracal.log.level", "DEBUG");
    }
    return properties;
  }

  String progress() {
    if (quiet) {
      return "none";
    }
    return terminal() ? "terminal" : "lines";
  }

  /** Whether input and output are a person's. */
  static boolean terminal() {
    Console console = System.console(); // may be null all the same where there is no terminal
    return Objects.nonNull(console) && console.isTerminal();
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
