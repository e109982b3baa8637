package io.caracal.benchmarks.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A process from start to end; the shell tells its processor time, start of the JVM included. */
record WholeRun(String name, List<String> command) {
  private static final int ROUNDS = 5;

  /** Prints the median of several runs; returns packets per CPU-second. */
  double print(long packets, double reference) throws IOException {
    double[] seconds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      seconds[round] = seconds();
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
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(command.getFirst())));
  }

  private double seconds() throws IOException {
    Path times = Files.createTempFile("times", ".txt");
    try {
      List<String> shell =
          List.of(
              "bash",
              "-c",
              "TIMEFORMAT='%U %S'; { time \"$@\" >/dev/null 2>&1; } 2>\"$0\"",
              times.toString());
      int code =
          new ProcessBuilder(
                  java.util.stream.Stream.concat(shell.stream(), command.stream()).toList())
              .start()
              .waitFor();
      String[] parts = Files.readString(times, StandardCharsets.UTF_8).strip().split(" ", 2);
      if (code != 0) {
        throw new IOException(name + " ended with code " + code);
      }
      return Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(times);
    }
  }
}
