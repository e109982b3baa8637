package io.caracal.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A Gogo shell in a running sensor. */
@Command(
    name = "shell",
    description = "look into a running sensor: a Gogo shell over its control socket",
    mixinStandardHelpOptions = true)
final class Shell extends ControlCommand {
  @Option(
      names = "-c",
      paramLabel = "LINE",
      description = "run this line, for example plugin:list, and end; may be repeated")
  private List<String> lines = List.of();

  @Override
  String name() {
    return "shell";
  }

  @Override
  boolean alone() {
    return false;
  }

  @Override
  void describe(Map<String, Object> options, Map<String, String> settings) {
    settings.put("caracal.log.level", "WARN");
    options.put("line", lines);
    options.put("prompt", Common.terminal());
  }
}
