package io.caracal.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit code 0 for success, 1 for failure, 2 for wrong use. */
@Command(
    name = "caracal",
    description = "An intrusion detection sensor: packets to flows to detectors to alerts.",
    mixinStandardHelpOptions = true,
    version = "caracal " + Main.VERSION,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Main.Replay.class,
      Main.Run.class,
      Main.Flows.class,
      Main.Detectors.class,
      Alerts.class,
      Exclude.class,
      Plugins.class,
      Catalogue.class,
      Keys.class,
      Shell.class,
      NewDetector.class,
      Site.Learn.class,
      Site.Profile.class,
      Workshop.Campaign.class,
      Workshop.Compare.class,
      Workshop.Cut.class,
      Workshop.Evaluate.class,
      Workshop.Mutate.class,
      Workshop.Train.class,
      HelpCommand.class
    })
public final class Main {
  /** The release. */
  static final String VERSION = "0.1.0";

  private Main() {}

  /** Starts the sensor. */
  public static void main(String[] arguments) {
    boolean debug = List.of(arguments).contains("--debug");
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          System.err.println(
              "caracal: " + (failure.getMessage() == null ? failure : failure.getMessage()));
          if (debug) {
            failure.printStackTrace();
          }
          return CommandLine.ExitCode.SOFTWARE;
        });
    line.setParameterExceptionHandler(
        (wrong, parsed) -> {
          System.err.println("caracal: " + wrong.getMessage());
          System.err.println("try: caracal help " + wrong.getCommandLine().getCommandName());
          return CommandLine.ExitCode.USAGE;
        });
    if (arguments.length == 0) {
      line.usage(System.err);
      System.exit(CommandLine.ExitCode.USAGE);
    }
    System.exit(line.execute(arguments));
  }

  @Command(
      name = "replay",
      description = "run the sensor on captures",
      mixinStandardHelpOptions = true)
  static final class Replay extends SensorCommand {
    @Mixin private Captures captures = new Captures();

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "write eve.json, summary.json and evidence here")
    private @Nullable String out;

    @Option(
        names = "--rows",
        paramLabel = "FILE",
        description = "write every detector's scores as a binary table; see docs/flow-rows.md")
    private @Nullable String rows;

    @Option(
        names = "--separately",
        description =
            "every CAPTURE is a run of its own, without events or summary; --rows names a folder"
                + " that gets a table for each: 0.rows, 1.rows and so on")
    private boolean separately;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    String name() {
      return "replay";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      captures.describe(options);
      if (separately && (rows == null || out != null)) {
        throw new ParameterException(
            spec.commandLine(), "--separately writes tables only; give --rows DIR and no --out");
      }
      options.put("separately", separately);
      settings.put(Sensor.STATE, out == null ? "" : Path.of(out).toAbsolutePath().toString());
      output(out, options, settings);
      if (rows != null) {
        options.put("rows", rows);
      }
    }
  }

  @Command(
      name = "run",
      description = "run the sensor on live interfaces until it is stopped",
      mixinStandardHelpOptions = true)
  static final class Run extends SensorCommand {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Interfaces interfaces = new Interfaces();

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "write eve.json, summary.json and evidence here")
    private @Nullable String out;

    @Override
    String name() {
      return "run";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      if (!interfaces.named()) {
        throw new ParameterException(
            spec.commandLine(), "no interface is named; name one with -i IFACE");
      }
      interfaces.describe(options);
      settings.put("caracal.evidence.bytes", "67108864");
      output(out, options, settings);
    }
  }

  @Command(
      name = "flows",
      description = "write every flow of captures or interfaces, and its features",
      mixinStandardHelpOptions = true)
  static final class Flows extends SensorCommand {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Captures captures = new Captures();
    @Mixin private Interfaces interfaces = new Interfaces();

    @Option(
        names = "--view",
        paramLabel = "VIEW",
        split = ",",
        description =
            "views to write, separated by commas; without it csv writes cic, parquet, jsonl and"
                + " rows write all that are installed")
    private List<String> views = List.of();

    @ArgGroup(multiplicity = "1")
    private Place place = new Place();

    @Option(
        names = "--format",
        paramLabel = "NAME",
        description =
            "csv, jsonl, parquet, zeek (conn.log) or rows; by default what FILE ends with, else"
                + " csv")
    private String format = "";

    @Option(names = "--checkpoints", description = "also a row for every checkpoint of a live flow")
    private boolean checkpoints;

    /** One of two. */
    static final class Place {
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "the table")
      private String out = "";

      @Option(
          names = "--to",
          paramLabel = "URL",
          required = true,
          description =
              "a collector instead of a file: ipfix://HOST:PORT over UDP, ipfix+tcp://HOST:PORT")
      private String to = "";
    }

    @Override
    String name() {
      return "flows";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      if (captures.named() && interfaces.named()) {
        throw new ParameterException(
            spec.commandLine(), "flows come from captures or from interfaces; name one of them");
      }
      if (interfaces.named()) {
        interfaces.describe(options);
      } else {
        captures.describe(options);
      }
      options.put("view", views);
      options.put("file", place.out);
      options.put("to", place.to);
      options.put("format", format);
      options.put("checkpoints", checkpoints);
    }
  }

  @Command(
      name = "detectors",
      description = "list what is installed and in which state",
      mixinStandardHelpOptions = true)
  static final class Detectors extends SensorCommand {
    @Override
    String name() {
      return "detectors";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      settings.put("caracal.log.level", "WARN");
    }
  }

  private static void output(
      @Nullable String out, Map<String, Object> options, Map<String, String> settings) {
    if (out != null) {
      options.put("out", out);
      settings.put("caracal.eve.file", Path.of(out).resolve("eve.json").toString());
      settings.put("caracal.eve.append", "false"); // the folder holds this run
      settings.put("caracal.evidence.dir", Path.of(out, "evidence").toString());
    }
  }
}
