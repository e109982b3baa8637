package io.caracal.plugin.manager.internal.shell;

import io.caracal.plugin.manager.internal.command.PluginCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands about plugins in the Gogo shell, as {@code plugin:list} and so on. */
@Component(
    service = GogoCommands.class,
    property = {
      "osgi.command.scope=plugin",
      "osgi.command.function=search",
      "osgi.command.function=list",
      "osgi.command.function=info",
      "osgi.command.function=plan",
      "osgi.command.function=install",
      "osgi.command.function=apply",
      "osgi.command.function=promote",
      "osgi.command.function=rollback",
      "osgi.command.function=history",
      "osgi.command.function=verify",
      "osgi.command.function=remove",
      "osgi.command.function=quarantine"
    })
public final class GogoCommands {
  private static final List<String> POSITIONS = List.of("name", "version");

  private final PluginCommand command;
  private final Actors actors;

  /** The same commands as those of the command line. */
  @Activate
  public GogoCommands(@Reference PluginCommand command, @Reference Actors actors) {
    this.command = command;
    this.actors = actors;
  }

  /** What catalogues offer. */
  public void search(CommandSession session, String... arguments) throws Failed {
    run(session, "search", arguments);
  }

  /** What is installed. */
  public void list(CommandSession session, String... arguments) throws Failed {
    run(session, "list", arguments);
  }

  /** Everything about a plugin. */
  public void info(CommandSession session, String... arguments) throws Failed {
    run(session, "info", arguments);
  }

  /** What installing a file or an offered plugin would change. */
  public void plan(CommandSession session, String... arguments) throws Failed {
    run(session, "plan", arguments);
  }

  /** Brings about what a file wants. */
  public void apply(CommandSession session, String... arguments) throws Failed {
    run(session, "apply", arguments);
  }

  /** Installs a file or an offered plugin. */
  public void install(CommandSession session, String... arguments) throws Failed {
    run(session, "install", arguments);
  }

  /** Puts a version to use. */
  public void promote(CommandSession session, String... arguments) throws Failed {
    run(session, "promote", arguments);
  }

  /** Takes the version in use out of use. */
  public void rollback(CommandSession session, String... arguments) throws Failed {
    run(session, "rollback", arguments);
  }

  /** What was done. */
  public void history(CommandSession session, String... arguments) throws Failed {
    run(session, "history", arguments);
  }

  /** Who signed a file. */
  public void verify(CommandSession session, String... arguments) throws Failed {
    run(session, "verify", arguments);
  }

  /** Uninstalls a version. */
  public void remove(CommandSession session, String... arguments) throws Failed {
    run(session, "remove", arguments);
  }

  /** Takes a version out of use for a reason. */
  public void quarantine(CommandSession session, String... arguments) throws Failed {
    run(session, "quarantine", arguments);
  }

  private void run(CommandSession session, String action, String... arguments) throws Failed {
    Map<String, Object> options = parse(arguments);
    options.put("action", action);
    options.put("actor", actors.of(session));
    options.put("way", "shell");
    options.put("out", session.getConsole());
    options.put("err", session.getConsole());
    if (outside(() -> command.applyAsInt(options)) != 0) {
      throw new Failed();
    }
  }

  /**
   * On a thread that is no part of the session: whose threads write to the client what the sensor
   * is to find in its own log.
   */
  private static int outside(Callable<Integer> work) {
    FutureTask<Integer> task = new FutureTask<>(work);
    Thread.ofPlatform()
        .name("caracal-shell")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the command goes on", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause().getMessage()), e);
    }
  }

  /** Flags and options as the command line has them; what is neither is a name, then a version. */
  private static Map<String, Object> parse(String... arguments) {
    Map<String, Object> options = new HashMap<>();
    Deque<String> positions = new ArrayDeque<>(POSITIONS);
    List<String> left = new ArrayList<>(List.of(arguments));
    while (!left.isEmpty()) {
      String argument = left.removeFirst();
      if (argument.equals("--reason") && !left.isEmpty()) {
        options.put("reason", left.removeFirst());
      } else if (argument.startsWith("--")) {
        options.put(argument.substring(2), true);
      } else if (positions.isEmpty()) {
        throw new IllegalArgumentException("'" + argument + "' is one argument too many");
      } else {
        options.put(positions.removeFirst(), argument);
      }
    }
    return options;
  }
}
