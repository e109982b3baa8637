package io.caracal.launcher;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about what the journal holds. */
@Command(
    name = "alerts",
    description = "list, show, export and judge the alerts in the journal",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Alerts.Listing.class,
      Alerts.Show.class,
      Alerts.Export.class,
      Alerts.Mark.class,
      Alerts.Pcap.class,
      Alerts.Sinks.class,
      HelpCommand.class
    })
final class Alerts {
  private Alerts() {}

  /** One action on one journal. */
  abstract static class Action extends SensorCommand {
    @Option(
        names = "--db",
        paramLabel = "FILE",
        description = "the journal, such as DIR/caracal.db of a replay; by default the sensor's")
    private @Nullable String db;

    private final String action;

    Action(String action) {
      this.action = action;
    }

    @Override
    final String name() {
      return "alerts";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      settings.put("caracal.log.level", "WARN");
      settings.put("caracal.terminal.alerts", "all");
      options.put("action", action);
      if (db != null) {
        options.put("db", db);
      }
    }
  }

  /** Which alerts. */
  static final class Filter {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "with evidence in the last TIME, for example 90m, 24h or 7d")
    private String since = "";

    @Option(names = "--class", paramLabel = "CLASS", description = "of this class of attacks")
    private String attackClass = "";

    @Option(
        names = "--host",
        paramLabel = "IP",
        description = "by this attacker or against this victim")
    private String host = "";

    @Option(
        names = "--severity",
        paramLabel = "NUMBER",
        description = "1 act now, 2 look today, 3 for the record")
    private String severity = "";

    @Option(names = "--open", description = "not yet closed")
    private boolean open;

    void describe(Map<String, Object> options) {
      if (!severity.matches("[123]?")) {
        throw new ParameterException(
            spec.commandLine(), "--severity is '" + severity + "' but must be 1, 2 or 3");
      }
      if (!since.isEmpty()) {
        options.put("since", Long.toString(seconds(since)));
      }
      options.put("class", attackClass);
      options.put("host", host);
      options.put("severity", severity);
      options.put("open", open);
    }

    private long seconds(String text) {
      if (!text.matches("[1-9][0-9]{0,6}[smhd]")) {
        throw new ParameterException(
            spec.commandLine(),
            "--since is '" + text + "' but must be a number and s, m, h or d, for example 24h");
      }
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> number;
        case 'm' -> TimeUnit.MINUTES.toSeconds(number);
        case 'h' -> TimeUnit.HOURS.toSeconds(number);
        default -> TimeUnit.DAYS.toSeconds(number);
      };
    }
  }

  @Command(
      name = "list",
      description = "the latest state of each alert, in the order in which they were raised",
      mixinStandardHelpOptions = true)
  static final class Listing extends Action {
    @Mixin private Filter filter = new Filter();

    @Option(names = "--json", description = "one JSON object per line, the event as EVE")
    private boolean json;

    Listing() {
      super("list");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      filter.describe(options);
      options.put("json", json);
    }
  }

  @Command(
      name = "show",
      description = "everything about one alert: its states, the verdict, where its packets are",
      mixinStandardHelpOptions = true)
  static final class Show extends Action {
    @Parameters(paramLabel = "ID", description = "the alert, by its id or how that begins")
    private String id = "";

    Show() {
      super("show");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("id", id);
    }
  }

  @Command(
      name = "export",
      description = "every state of the alerts, one event per line",
      mixinStandardHelpOptions = true)
  static final class Export extends Action {
    @Mixin private Filter filter = new Filter();

    @Option(
        names = "--format",
        paramLabel = "NAME",
        description = "eve, ecs, cef, leef or what a plugin offers; default: ${DEFAULT-VALUE}")
    private String format = "eve";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "where to; by default standard output")
    private @Nullable String out;

    Export() {
      super("export");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      filter.describe(options);
      options.put("format", format);
      if (out != null) {
        options.put("file", out);
      }
    }
  }

  @Command(
      name = "mark",
      description = "say whether an alert was right",
      mixinStandardHelpOptions = true)
  static final class Mark extends Action {
    @Parameters(
        index = "0",
        paramLabel = "ID",
        description = "the alert, by its id or how that begins")
    private String id = "";

    @Parameters(index = "1", paramLabel = "true|false", description = "true if it was an attack")
    private boolean attack;

    @Option(names = "--comment", paramLabel = "TEXT", description = "why")
    private String comment = "";

    Mark() {
      super("mark");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("id", id);
      options.put("attack", attack);
      options.put("comment", comment);
    }
  }

  @Command(
      name = "pcap",
      description = "the packets behind one alert, as pcapng",
      mixinStandardHelpOptions = true)
  static final class Pcap extends Action {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "the alert, by its id or how that begins")
    private String id = "";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "where to; by default standard output, unless that is a terminal")
    private @Nullable String out;

    Pcap() {
      super("pcap");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("id", id);
      if (out != null) {
        options.put("file", out);
      } else if (Common.terminal()) {
        throw new ParameterException(
            spec.commandLine(), "a terminal does not show packets; give --out FILE or a pipe");
      }
    }
  }

  @Command(
      name = "sinks",
      description = "how each sink is, and how many alerts wait for it",
      mixinStandardHelpOptions = true)
  static final class Sinks extends Action {
    Sinks() {
      super("sinks");
    }
  }
}
