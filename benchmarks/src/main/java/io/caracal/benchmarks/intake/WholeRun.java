package io.caracal.benchmarks.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A process from start to end; the shell tells its processor time, start of the JVM included. */
record WholeRun(String name, List<String> command) {
  private static final int ROUNDS = 5;

  /** What one run took, and what it wrote to standard output. */
  record Outcome(double cpuSeconds, String output) {}

  /** One of our programs, in a JVM like that of the sensor. */
  static WholeRun java(String name, Class<?> program, List<String> arguments) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    return new WholeRun(name, Stream.concat(java.stream(), arguments.stream()).toList());
  }

  /** Prints the median of several runs; returns packets per CPU-second. */
  double print(long packets, double reference) throws IOException {
    double[] seconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      seconds[round] = run().cpuSeconds();
    }
    double rate = packets / Rounds.median(seconds);
    System.out.printf(
        Locale.ROOT,
        "%-48s %6.2f M packets per CPU-second%s%n",
        name,
        rate / 1e6,
        reference > 0 ? String.format(Locale.ROOT, "  ratio %5.2f", rate / reference) : "");
    return rate;
  }

  /** Whether the program is installed. */
  boolean installed() {
    return Stream.concat(Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(":", -1)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(command.getFirst())));
  }

  /** Runs it once. */
  Outcome run() throws IOException {
    Path times = Files.createTempFile("times", ".txt");
    Path output = Files.createTempFile("output", ".txt");
    try {
      List<String> shell =
          List.of(
              "bash",
              "-c",
              "PATH=$PATH:/usr/sbin; TIMEFORMAT='%U %S';"
                  + " { time \"${@:2}\" >\"$1\" 2>/dev/null; } 2>\"$0\"",
              times.toString(),
              output.toString());
      int code =
          new ProcessBuilder(Stream.concat(shell.stream(), command.stream()).toList())
              .start()
              .waitFor();
      String[] parts = Files.readString(times, StandardCharsets.UTF_8).strip().split(" ", 2);
      if (code != 0) {
        throw new IOException(name + " ended with code " + code);
      }
      return new Outcome(
          Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]),
          Files.readString(output, StandardCharsets.ISO_8859_1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(times);
      Files.delete(output);
    }
  }
}
