package io.caracal.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about what the operator does not want alerts about. */
@Command(
    name = "exclude",
    description = "say what there shall be no alerts about; a running sensor takes it up at once",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Exclude.Add.class,
      Exclude.ListAll.class,
      Exclude.Test.class,
      Exclude.Remove.class
    })
final class Exclude {
  /** The flows that are meant; all that is given must hold. */
  static final class Scope {
    @Option(
        names = "--detector",
        paramLabel = "ID",
        description = "flows whose judgement comes most from this detector")
    private String detector = "";

    @Option(names = "--class", paramLabel = "CLASS", description = "flows called by this class")
    private String attackClass = "";

    @Option(
        names = "--source",
        paramLabel = "BLOCK",
        description = "the side that begins the flow: an address, or a block such as 10.1.0.0/16")
    private String source = "";

    @Option(
        names = "--destination",
        paramLabel = "BLOCK",
        description = "the side that the flow goes to")
    private String destination = "";

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "port that the flow goes to, or a range such as 8000-8080")
    private String port = "";

    @Option(
        names = "--direction",
        paramLabel = "WAY",
        description =
            "inbound, outbound, internal or external, by the setting alerts.home-networks")
    private String direction = "";

    @Option(names = "--vlan", paramLabel = "ID", description = "VLAN, the outer or the inner one")
    private String vlan = "";

    private void describe(Map<String, Object> options) {
      options.put("detector", detector);
      options.put("class", attackClass);
      options.put("source", source);
      options.put("destination", destination);
      options.put("port", port);
      options.put("direction", direction);
      options.put("vlan", vlan);
    }

    private boolean given() {
      return !(detector + attackClass + source + destination + port + direction + vlan).isEmpty();
    }
  }

  /** What all of these have. */
  abstract static class Action extends SensorCommand {
    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "the folder of a replay; by default what the sensor itself remembers")
    private @Nullable String out;

    private final String action;

    Action(String action) {
      this.action = action;
    }

    @Override
    String name() {
      return "exclude";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      options.put("action", action);
      settings.put("caracal.log.level", "WARN");
      if (out != null) {
        settings.put(Sensor.STATE, Path.of(out).toAbsolutePath().toString());
      }
    }
  }

  @Command(name = "add", description = "exclude flows", mixinStandardHelpOptions = true)
  static final class Add extends Action {
    @Mixin private Scope scope = new Scope();

    @Option(names = "--comment", paramLabel = "TEXT", required = true, description = "why")
    private String comment = "";

    @Option(
        names = "--author",
        paramLabel = "NAME",
        description = "who says so; default: ${DEFAULT-VALUE}")
    private String author = System.getProperty("user.name", "");

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "for how long, for example 12h or 30d; by default until it is removed")
    private String expires = "";

    @Option(names = "--force", description = "also if this excludes everything")
    private boolean force;

    Add() {
      super("add");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      scope.describe(options);
      options.put("comment", comment);
      options.put("author", author);
      options.put("expires", expires);
      options.put("force", force);
    }
  }

  @Command(
      name = "list",
      description = "all exclusions and what they have covered",
      mixinStandardHelpOptions = true)
  static final class ListAll extends Action {
    ListAll() {
      super("list");
    }
  }

  @Command(
      name = "test",
      description = "say what an exclusion would have hidden",
      mixinStandardHelpOptions = true)
  static final class Test extends Action {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Scope scope = new Scope();

    @Parameters(
        paramLabel = "ID",
        arity = "0..1",
        description = "one that is there; otherwise the options describe it")
    private List<String> ids = List.of();

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "alerts of this long, for example 24h, or all; default: ${DEFAULT-VALUE}")
    private String since = "7d";

    Test() {
      super("test");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      if (ids.isEmpty() != scope.given()) {
        throw new ParameterException(
            spec.commandLine(), "name the exclusion to try by its ID or describe it by options");
      }
      super.describe(options, settings);
      scope.describe(options);
      options.put("id", ids);
      options.put("since", since);
    }
  }

  @Command(name = "remove", description = "remove exclusions", mixinStandardHelpOptions = true)
  static final class Remove extends Action {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "numbers, see exclude list")
    private List<String> ids = List.of();

    Remove() {
      super("remove");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("id", ids);
    }
  }
}
