package io.caracal.core.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing the launcher can ask for. A command is an OSGi service of type {@link ToIntFunction}
 * with the property {@code caracal.command}: JDK types only, so that the launcher outside the
 * framework shares no class with the bundles. It takes the options by name and returns the exit
 * code.
 */
abstract class Command implements ToIntFunction<Map<String, Object>> {
  /** Service property that names the command. */
  static final String NAME = "caracal.command";

  private static final Logger LOG = LoggerFactory.getLogger(Command.class);

  @Override
  public final int applyAsInt(Map<String, Object> options) {
    try {
      return run(new Options(options));
    } catch (Failure | IllegalArgumentException e) {
      LOG.debug("command failed", e);
      System.err.println("caracal: " + e.getMessage());
      return 1;
    } catch (IOException | RuntimeException e) {
      LOG.debug("command failed", e);
      System.err.println("caracal: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
      return 1;
    }
  }

  abstract int run(Options options) throws IOException;

  /** What the user asked for. */
  record Options(Map<String, Object> values) {
    List<String> texts(String name) {
      return values.get(name) instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : List.of();
    }

    String text(String name, String otherwise) {
      return values.get(name) instanceof String text ? text : otherwise;
    }

    boolean flag(String name) {
      return Boolean.TRUE.equals(values.get(name));
    }

    Optional<Path> path(String name) {
      return values.get(name) instanceof String text
          ? Optional.of(Path.of(text))
          : Optional.empty();
    }
  }

  /** Creates the folder of a file that is about to be written. */
  static Path prepare(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return file;
    } catch (IOException e) {
      throw new Failure(
          "the folder " + folder + " cannot be created; choose another one for the output", e);
    }
  }
}
