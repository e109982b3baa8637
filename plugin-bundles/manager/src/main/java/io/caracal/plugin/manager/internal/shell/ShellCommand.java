package io.caracal.plugin.manager.internal.shell;

import io.caracal.plugin.manager.internal.command.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A session of the Gogo shell for one client. Options: {@code line} (a list of what to run; without
 * it lines are read until {@code exit}) and {@code prompt}.
 */
@Component(
    service = ToIntFunction.class,
    property = {"caracal.command=shell", "caracal.control=true"})
public final class ShellCommand implements ToIntFunction<Map<String, Object>> {
  private static final String PROMPT = "caracal> ";

  private final CommandProcessor processor;
  private final Actors actors;

  /** Sessions of a command processor. */
  @Activate
  public ShellCommand(@Reference CommandProcessor processor, @Reference Actors actors) {
    this.processor = processor;
    this.actors = actors;
  }

  @Override
  public int applyAsInt(Map<String, Object> values) {
    Options options = new Options(values);
    try (CommandSession session =
        processor.createSession(options.in(), options.out(), options.err())) {
      actors.enter(session, options.actor());
      try {
        List<String> lines = options.texts("line");
        return lines.isEmpty() ? converse(session, options) : all(session, lines, options.err());
      } finally {
        actors.leave(session);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int all(CommandSession session, List<String> lines, PrintStream err) {
    int code = 0;
    for (String line : lines) {
      code = Math.max(code, execute(session, line, err));
    }
    return code;
  }

  private static int converse(CommandSession session, Options options) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(options.in(), StandardCharsets.UTF_8));
    while (true) {
      if (options.flag("prompt")) {
        options.out().print(PROMPT);
        options.out().flush();
      }
      Optional<String> line = Optional.ofNullable(reader.readLine()).map(String::strip);
      if (line.isEmpty() || line.get().equals("exit")) {
        return 0;
      }
      execute(session, line.get(), options.err());
    }
  }

  private static int execute(CommandSession session, String line, PrintStream err) {
    try {
      Object result = session.execute(line);
      if (Objects.nonNull(result)) {
        session.getConsole().println(session.format(result, Converter.INSPECT));
      }
      return 0;
    } catch (Failed e) {
      return 1; // the command has said why
    } catch (Exception e) { // whatever a command throws
      err.println("caracal: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
      return 1;
    }
  }
}
