package io.caracal.launcher;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about plugins. A running sensor does them; without one they are done here. */
@Command(
    name = "plugin",
    description = "install, swap and inspect plugins, in a running sensor or without one",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Plugins.Search.class,
      Plugins.ListAll.class,
      Plugins.Info.class,
      Plugins.Plan.class,
      Plugins.Install.class,
      Plugins.Apply.class,
      Plugins.Promote.class,
      Plugins.Rollback.class,
      Plugins.History.class,
      Plugins.Verify.class,
      Plugins.Remove.class,
      Plugins.Quarantine.class,
      HelpCommand.class
    })
final class Plugins {
  private static final String NAME =
      "a symbolic name, the end of one that is unique, or the id of a detector";

  /** What all of these have. */
  abstract static class Action extends ControlCommand {
    @Option(names = "--json", description = "answer in JSON, for scripts")
    private boolean json;

    private final String action;

    Action(String action) {
      this.action = action;
    }

    @Override
    final String name() {
      return "plugin";
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      settings.put("caracal.log.level", "WARN");
      options.put("action", action);
      options.put("json", json);
    }
  }

  /** An action on something that is named. */
  abstract static class Named extends Action {
    Named(String action) {
      super(action);
    }

    abstract String target();

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("name", target());
    }
  }

  /** An action on an installed plugin. */
  abstract static class OnInstalled extends Named {
    @Parameters(paramLabel = "NAME", description = NAME)
    private String target = "";

    OnInstalled(String action) {
      super(action);
    }

    @Override
    String target() {
      return target;
    }
  }

  /** An action on one version of an installed plugin. */
  abstract static class OnVersion extends OnInstalled {
    @Parameters(
        paramLabel = "VERSION",
        index = "1",
        arity = "0..1",
        description = "which version; may be left out if there is only one that it can be")
    private String version = "";

    OnVersion(String action) {
      super(action);
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("version", version);
    }
  }

  /** An action on a file; a relative path starts here, not where the sensor was started. */
  abstract static class OnFile extends Named {
    @Parameters(paramLabel = "FILE", description = "a jar")
    private String target = "";

    OnFile(String action) {
      super(action);
    }

    @Override
    String target() {
      return file(target);
    }
  }

  private static String file(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  /** An action on a jar, or on what a catalogue offers by a name; a name has no slash. */
  abstract static class OnOffered extends Named {
    @Parameters(
        paramLabel = "FILE|NAME[@RANGE]",
        description = "a jar, or what a catalogue has; versions such as 1.2 or [1.2,2)")
    private String target = "";

    OnOffered(String action) {
      super(action);
    }

    @Override
    String target() {
      return target.contains("/") || target.endsWith(".jar") ? file(target) : target;
    }
  }

  @Command(
      name = "search",
      description = "what the catalogues offer, whether it fits here, and why not",
      mixinStandardHelpOptions = true)
  static final class Search extends Named {
    @Parameters(
        paramLabel = "TEXT",
        arity = "0..1",
        description = "only plugins in whose name or description this is")
    private String text = "";

    Search() {
      super("search");
    }

    @Override
    String target() {
      return text;
    }
  }

  @Command(
      name = "apply",
      description = "bring about what a file wants: NAME or NAME@RANGE on each line",
      mixinStandardHelpOptions = true)
  static final class Apply extends Named {
    @Parameters(paramLabel = "FILE", description = "the plugins that are to be there, no others")
    private String target = "";

    @Option(names = "--dry-run", description = "say what would be done; changes nothing")
    private boolean dryRun;

    @Option(
        names = "--without-shadow",
        description = "also where the policy wants a trial on live flows first")
    private boolean withoutShadow;

    Apply() {
      super("apply");
    }

    @Override
    String target() {
      return file(target);
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("dry-run", dryRun);
      options.put("without-shadow", withoutShadow);
    }
  }

  @Command(
      name = "list",
      description = "every installed plugin, where it stands and who signed it",
      mixinStandardHelpOptions = true)
  static final class ListAll extends Action {
    ListAll() {
      super("list");
    }
  }

  @Command(
      name = "info",
      description = "everything that is known of a plugin",
      mixinStandardHelpOptions = true)
  static final class Info extends OnInstalled {
    Info() {
      super("info");
    }
  }

  @Command(
      name = "plan",
      description = "say what installing would change, or why it cannot be; changes nothing",
      mixinStandardHelpOptions = true)
  static final class Plan extends OnOffered {
    Plan() {
      super("plan");
    }
  }

  @Command(
      name = "install",
      description = "verify a plugin, try it beside what is there, and put it to use",
      mixinStandardHelpOptions = true)
  static final class Install extends OnOffered {
    @Option(
        names = "--without-shadow",
        description = "also where the policy wants a trial on live flows first")
    private boolean withoutShadow;

    Install() {
      super("install");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("without-shadow", withoutShadow);
    }
  }

  @Command(
      name = "promote",
      description = "put a version to use that stands by",
      mixinStandardHelpOptions = true)
  static final class Promote extends OnVersion {
    Promote() {
      super("promote");
    }
  }

  @Command(
      name = "rollback",
      description = "take the version in use out of use: what was used before is used again",
      mixinStandardHelpOptions = true)
  static final class Rollback extends OnInstalled {
    Rollback() {
      super("rollback");
    }
  }

  @Command(
      name = "history",
      description = "every change that was made, or refused",
      mixinStandardHelpOptions = true)
  static final class History extends Named {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = NAME)
    private String target = "";

    History() {
      super("history");
    }

    @Override
    String target() {
      return target;
    }
  }

  @Command(
      name = "verify",
      description = "say who signed a jar, and whether it would be let in",
      mixinStandardHelpOptions = true)
  static final class Verify extends OnFile {
    Verify() {
      super("verify");
    }
  }

  @Command(
      name = "remove",
      description = "uninstall a version and delete its jar",
      mixinStandardHelpOptions = true)
  static final class Remove extends OnVersion {
    Remove() {
      super("remove");
    }
  }

  @Command(
      name = "quarantine",
      description = "take a version out of use for a reason; only promote brings it back",
      mixinStandardHelpOptions = true)
  static final class Quarantine extends OnVersion {
    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
    private String reason = "";

    Quarantine() {
      super("quarantine");
    }

    @Override
    void describe(Map<String, Object> options, Map<String, String> settings) {
      super.describe(options, settings);
      options.put("reason", reason);
    }
  }
}
