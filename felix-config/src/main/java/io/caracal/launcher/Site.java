package io.caracal.launcher;

import java.util.List;
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

/** Commands about what is normal on this network. */
final class Site {
  private Site() {}

  @Command(
      name = "learn",
      description = "learn what is normal on this network and write a site profile",
      mixinStandardHelpOptions = true)
  static final class Learn extends SensorCommand {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Captures captures = new Captures();
    @Mixin private Interfaces interfaces = new Interfaces();

    @Option(
        names = "--for",
        paramLabel = "TIME",
        description =
            "how long to learn from interfaces, for example 90m or 24h; default:"
                + " ${DEFAULT-VALUE}")
    private String time = "24h";

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "the profile and its card go here; by default the current folder")
    private @Nullable String out;

    @Option(
        names = "--benign",
        paramLabel = "HOST",
        description =
            "address of a host that is known to be benign: it is learnt from even where it was"
                + " found to attack; may be repeated")
    private List<String> benign = List.of();

    @Option(names = "--attested", description = "all traffic is known to be benign")
    private boolean attested;

    @Override
    String name() {
      return "learn";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      if (captures.named() == interfaces.named()) {
        throw wrong("normal traffic comes from captures or from interfaces; name one of them");
      }
      if (interfaces.named()) {
        interfaces.describe(options);
      } else {
        captures.describe(options);
      }
      options.put("seconds", Long.toString(seconds(time)));
      options.put("benign", benign);
      options.put("attested", attested);
      settings.put("caracal.cascade.late", "none"); // every detector learns from every flow
      if (out != null) {
        options.put("out", out);
      }
    }

    private long seconds(String text) {
      if (!text.matches("[1-9][0-9]{0,6}[smhd]")) {
        throw wrong(
            "--for is '" + text + "' but must be a number and s, m, h or d, for example 24h");
      }
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> number;
        case 'm' -> TimeUnit.MINUTES.toSeconds(number);
        case 'h' -> TimeUnit.HOURS.toSeconds(number);
        default -> TimeUnit.DAYS.toSeconds(number);
      };
    }

    private ParameterException wrong(String sentence) {
      return new ParameterException(spec.commandLine(), sentence);
    }
  }

  @Command(
      name = "profile",
      description = "compare site profiles, apply one, or take it back",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      subcommands = {Compare.class, Apply.class, Rollback.class, HelpCommand.class})
  static final class Profile {}

  private abstract static class Action extends SensorCommand {
    abstract List<String> files();

    abstract String action();

    @Override
    final String name() {
      return "profile";
    }

    @Override
    final void describe(Map<String, Object> options, Map<String, String> settings) {
      settings.put("caracal.log.level", "WARN");
      options.put("action", action());
      options.put("files", files());
    }
  }

  @Command(
      name = "compare",
      description = "say what a profile changes, or what differs between two",
      mixinStandardHelpOptions = true)
  static final class Compare extends Action {
    @Parameters(
        paramLabel = "PROFILE",
        arity = "1..2",
        description = "jars that learn wrote; one alone is compared with what is installed")
    private List<String> files = List.of();

    @Override
    List<String> files() {
      return files;
    }

    @Override
    String action() {
      return "compare";
    }
  }

  @Command(
      name = "apply",
      description = "put a profile into the folder of plugins, where running sensors take it up",
      mixinStandardHelpOptions = true)
  static final class Apply extends Action {
    @Parameters(paramLabel = "PROFILE", description = "a jar that learn wrote")
    private String file = "";

    @Override
    List<String> files() {
      return List.of(file);
    }

    @Override
    String action() {
      return "apply";
    }
  }

  @Command(
      name = "rollback",
      description = "remove the latest profile: what was there before judges again",
      mixinStandardHelpOptions = true)
  static final class Rollback extends Action {
    @Override
    List<String> files() {
      return List.of();
    }

    @Override
    String action() {
      return "rollback";
    }
  }
}
