package io.caracal.itests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The shipped distribution in a process of its own, as a user starts it, with a plugins folder of
 * the test's.
 */
final class Caracal {
  static final Path HOME = Path.of("../felix-config/target/caracal").toAbsolutePath().normalize();
  static final String SAMPLE =
      Path.of("../samples/campaign-a-slice.pcap.zst").toAbsolutePath().normalize().toString();

  private static final int PATIENCE_MINUTES = 5;

  private final Path folder;
  private final Path outputs;
  private final Process process;

  /** What a finished command left. */
  record Result(int code, String out, String err) {}

  private Caracal(Path folder, Path outputs, Process process) {
    this.folder = folder;
    this.outputs = outputs;
    this.process = process;
  }

  /** Starts a command; {@code folder} takes its output and its plugins. */
  static Caracal start(Path folder, String... arguments) throws IOException {
    return start(folder, Path.of("/dev/null"), arguments);
  }

  /** Starts a command that reads a file as its standard input. */
  static Caracal start(Path folder, Path input, String... arguments) throws IOException {
    return start(folder, folder, input, arguments);
  }

  private static Caracal start(Path folder, Path outputs, Path input, String... arguments)
      throws IOException {
    Files.createDirectories(folder.resolve("plugins"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx1g"));
    command.addAll(List.of("-Dcaracal.home=" + HOME, "-Dcaracal.root=" + folder));
    command.addAll(
        List.of("-cp", HOME.resolve("lib") + File.separator + "*", "io.caracal.launcher.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(outputs.resolve("stdout").toFile())
            .redirectError(outputs.resolve("stderr").toFile())
            .start();
    return new Caracal(folder, outputs, process);
  }

  /** Runs a command on the folder of another one that is still at work. */
  static Result beside(Path folder, String... arguments) throws IOException, InterruptedException {
    Path outputs = Files.createTempDirectory(folder, "beside");
    return start(folder, outputs, Path.of("/dev/null"), arguments).finish();
  }

  static Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    return start(folder, arguments).finish();
  }

  Result finish() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("caracal did not finish: " + err());
    }
    return new Result(process.exitValue(), Files.readString(outputs.resolve("stdout")), err());
  }

  String err() throws IOException {
    return Files.readString(outputs.resolve("stderr"));
  }

  /** Asks it to stop, as Ctrl-C does. */
  void interrupt() {
    process.destroy();
  }

  /** Waits until it logged a text; fails if it ends without. */
  void await(String text) throws IOException, InterruptedException {
    awaitAny(text);
  }

  /** Waits until it logged one of several texts and returns that; fails if it ends without. */
  String awaitAny(String... texts) throws IOException, InterruptedException {
    boolean ended = false;
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (true) {
      String said = err();
      for (String text : texts) {
        if (said.contains(text)) {
          return text;
        }
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("does not say any of " + List.of(texts) + ": " + said);
      }
      if (ended) {
        throw new AssertionError("ended without saying any of " + List.of(texts) + ": " + said);
      }
      ended = process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  Path plugins() {
    return folder.resolve("plugins");
  }
}
