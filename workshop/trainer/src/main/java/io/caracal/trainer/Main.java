package io.caracal.trainer;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Starts the trainer. Exit status: 0 success, 1 failure, 2 wrong use. */
@Command(
    name = "trainer",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains detectors by recipes and measures them on labelled captures.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      CutCommand.class,
      MutateCommand.class
    })
public final class Main {
  /** Held here, since a logger that nobody holds forgets its level. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  @Option(names = "--debug", scope = ScopeType.INHERIT, description = "show stack traces")
  private boolean debug;

  private Main() {}

  /**
   * Runs a command.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    TRIBUO.setLevel(Level.WARNING);
    NativeCache.use();
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    Main main = new Main();
    return new CommandLine(main)
        .setParameterExceptionHandler(
            (wrong, given) -> {
              wrong
                  .getCommandLine()
                  .getErr()
                  .println(
                      wrong.getMessage() + "; see " + name(wrong.getCommandLine()) + " --help");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, command, result) -> {
              command.getErr().println(message(failure));
              if (main.debug) {
                failure.printStackTrace(command.getErr());
              }
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(arguments);
  }

  private static String name(CommandLine command) {
    return command.getCommandName();
  }

  private static String message(Exception failure) {
    return failure instanceof TrainerException
        ? failure.getMessage()
        : "the trainer failed: " + failure + "; see the cause with --debug";
  }
}
