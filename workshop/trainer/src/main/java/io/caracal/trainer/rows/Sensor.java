package io.caracal.trainer.rows;

import io.caracal.trainer.Digests;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.RowsHeader.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The sensor as a child process: it computes every feature and score that the workshop uses, so
 * that nothing is computed twice in two ways.
 */
public final class Sensor {
  /** System property: the launcher, or a command line whose words are separated by blanks. */
  public static final String COMMAND = "caracal.command";

  /** Whoever compares detectors wants all of them to score every flow. */
  private static final List<String> EVERYTHING =
      List.of("--set", "detectors.scope=all", "--set", "cascade.late=none");

  private final List<String> command;

  /**
   * A sensor.
   *
   * @param command program and first arguments
   */
  public Sensor(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * The sensor that started this process.
   *
   * @return the one named by {@link #COMMAND}
   */
  public static Sensor installed() {
    String command = System.getProperty(COMMAND, "").strip();
    if (command.isEmpty()) {
      throw new TrainerException(
          "the sensor's command is unknown: start the trainer by ./caracal, or set -D"
              + COMMAND
              + "=path/to/caracal");
    }
    return new Sensor(
        Files.exists(Path.of(command)) ? List.of(command) : List.of(command.split("\\s+")));
  }

  /**
   * Features of every flow record of a capture, checkpoints included.
   *
   * @param capture the capture
   * @param views names of the views
   * @param settings configuration as {@code KEY=VALUE}
   * @param file where the table goes
   */
  public void flows(Path capture, List<String> views, List<String> settings, Path file) {
    List<String> arguments = new ArrayList<>(List.of("flows", capture.toString()));
    arguments.addAll(List.of("--view", String.join(",", views)));
    arguments.addAll(List.of("--format", "rows", "--checkpoints"));
    run(arguments, settings, "--out", file, capture);
  }

  /**
   * Scores of all installed detectors and the ensemble for every flow record of a capture.
   *
   * @param capture the capture
   * @param settings configuration as {@code KEY=VALUE}; may limit what is scored
   * @param folder where the sensor puts its events
   * @param file where the table goes
   */
  public void replay(Path capture, List<String> settings, Path folder, Path file) {
    List<String> arguments = new ArrayList<>(List.of("replay", capture.toString()));
    arguments.addAll(List.of("--out", folder.toString()));
    arguments.addAll(EVERYTHING);
    run(arguments, settings, "--rows", file, capture);
  }

  /**
   * As {@link #flows}, but a table computed before is taken from the cache. One that lacks a view
   * is computed again with all views asked for so far, so that recipes of different views soon
   * share one table. The cache knows captures and settings, not the sensor's code: it is for
   * repeated runs of one build.
   *
   * @param cache folder of earlier tables, or empty
   * @param scratch folder for a table that is not to be kept
   * @return the table, with at least the views asked for
   */
  public Path cachedFlows(
      Path capture,
      String captureHash,
      List<String> views,
      List<String> settings,
      Optional<Path> cache,
      Path scratch) {
    String name =
        Digests.sha256((captureHash + settings).getBytes(StandardCharsets.UTF_8)).substring(0, 24);
    Path file = cache.orElse(scratch).resolve(name + ".rows");
    SortedSet<String> wanted = new TreeSet<>(views);
    if (cache.isPresent() && Files.exists(file)) {
      List<String> kept = FlowRows.header(file).views().stream().map(View::name).toList();
      if (kept.containsAll(wanted)) {
        return file;
      }
      wanted.addAll(kept);
    }
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path unfinished = Files.createTempFile(folder, name, ".part");
      try {
        flows(capture, List.copyOf(wanted), settings, unfinished);
        return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new TrainerException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Scores of all installed detectors and the ensemble for captures that have nothing to do with
   * each other.
   *
   * @param captures the captures
   * @param settings configuration as {@code KEY=VALUE}
   * @param folder gets {@code 0.rows}, {@code 1.rows} and so on; none for a capture that cannot be
   *     read
   */
  public void replaySeparately(List<Path> captures, List<String> settings, Path folder) {
    List<String> line = new ArrayList<>(command);
    line.add("replay");
    captures.forEach(capture -> line.add(capture.toString()));
    line.addAll(List.of("--separately", "--rows", folder.toString()));
    line.addAll(EVERYTHING);
    settings.forEach(setting -> line.addAll(List.of("--set", setting)));
    Run run = start(line, captures.size() + " captures");
    if (run.exit() > 1 || !Files.exists(folder)) {
      throw failed(captures.size() + " captures", run, line);
    }
  }

  private void run(
      List<String> arguments, List<String> settings, String option, Path file, Path capture) {
    List<String> line = new ArrayList<>(command);
    line.addAll(arguments);
    line.addAll(List.of(option, file.toString()));
    settings.forEach(setting -> line.addAll(List.of("--set", setting)));
    Run run = start(line, capture.toString());
    if (run.exit() != 0 || !Files.exists(file)) {
      throw failed(capture.toString(), run, line);
    }
  }

  /** What became of the child process, and the last line that it said. */
  private record Run(int exit, Optional<String> said) {}

  private static TrainerException failed(String input, Run run, List<String> line) {
    return new TrainerException(
        "the sensor failed on "
            + input
            + " (exit "
            + run.exit()
            + "): "
            + run.said().orElse("it said nothing; run it by hand: " + line));
  }

  private Run start(List<String> line, String input) {
    try {
      Path log = Files.createTempFile("caracal-sensor", ".log");
      try {
        Process process =
            new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        return new Run(process.waitFor(), lastLine(log));
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new TrainerException(
          "the sensor " + command.getFirst() + " cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainerException("interrupted while the sensor read " + input, e);
    }
  }

  private static Optional<String> lastLine(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.isBlank()).reduce((before, last) -> last.strip());
  }
}
