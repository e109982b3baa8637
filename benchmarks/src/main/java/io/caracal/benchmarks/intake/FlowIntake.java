package io.caracal.benchmarks.intake;

import io.caracal.benchmarks.flows.ViewRun;
import io.caracal.benchmarks.intake.WholeRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what makes flows of a capture, as whole processes in turn: {@code FlowIntake CAPTURE
 * [SMALLER COMMAND...]}. Ours computes every column of {@code cic}, {@code packets} and {@code
 * host} for every record. COMMAND is a further program, too slow for the capture, as it is called
 * to read the SMALLER one.
 */
public final class FlowIntake {
  private static final int ROUNDS = 3;
  private static final Pattern STEADY = Pattern.compile("steady (\\d+)");

  private final Map<WholeRun, Long> packets = new LinkedHashMap<>();
  private final Map<WholeRun, List<Double>> rates = new LinkedHashMap<>();
  private final List<Double> steady = new ArrayList<>();
  private String said = "";

  private FlowIntake() {}

  /**
   * Prints the comparison.
   *
   * @param arguments the capture; a smaller one and the command that reads it
   * @throws IOException if one cannot be read or run
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0 || arguments.length == 2) {
      throw new IOException("name one capture, uncompressed; after it a smaller one and a command");
    }
    Path capture = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Files.createTempDirectory("nfpcapd");
    try {
      FlowIntake intake = new FlowIntake();
      intake.enter(capture, folder);
      if (arguments.length > 2) {
        List<String> command = List.of(arguments).subList(2, arguments.length);
        intake.packets.put(new WholeRun(command.getFirst(), command), count(arguments[1]));
      }
      for (int round = 0; round < ROUNDS; round++) {
        intake.runAll();
        clear(folder);
      }
      intake.print((double) Files.size(capture) / count(arguments[0]));
    } finally {
      clear(folder);
      Files.delete(folder);
    }
  }

  private void enter(Path capture, Path folder) throws IOException {
    String file = capture.toString();
    long count = count(file);
    System.out.printf(Locale.ROOT, "%,d packets, %,d bytes%n", count, Files.size(capture));
    packets.put(WholeRun.java("cic, packets and host", ViewRun.class, List.of(file)), count);
    for (WholeRun peer :
        List.of(
            new WholeRun("nfpcapd", List.of("nfpcapd", "-r", file, "-w", folder.toString())),
            new WholeRun("softflowd", List.of("softflowd", "-r", file, "-m", "1000000")))) {
      if (peer.installed()) {
        packets.put(peer, count);
      } else {
        System.out.println(peer.name() + " is not installed");
      }
    }
  }

  private void runAll() throws IOException {
    for (Map.Entry<WholeRun, Long> entry : packets.entrySet()) {
      Outcome outcome = entry.getKey().run();
      rates
          .computeIfAbsent(entry.getKey(), run -> new ArrayList<>())
          .add(entry.getValue() / outcome.cpuSeconds());
      Matcher matcher = STEADY.matcher(outcome.output());
      if (matcher.find()) {
        steady.add(Double.parseDouble(matcher.group(1)));
        said = outcome.output().strip();
      }
    }
  }

  private void print(double bytesPerPacket) {
    double ours = 0;
    for (Map.Entry<WholeRun, List<Double>> entry : rates.entrySet()) {
      double rate = median(entry.getValue());
      ours = ours == 0 ? rate : ours;
      System.out.printf(
          Locale.ROOT,
          "%-28s %8.3f M packets per CPU-second, whole process (%s)  ours is %.2f times that%n",
          entry.getKey().name(),
          rate / 1e6,
          range(entry.getValue()),
          ours / rate);
    }
    double rate = median(steady);
    System.out.printf(
        Locale.ROOT, "steady state: %.3f M packets/s and core (%s)%n", rate / 1e6, range(steady));
    double copy = MemoryBandwidth.copy();
    double read = MemoryBandwidth.read();
    double bytes = rate * bytesPerPacket;
    System.out.printf(
        Locale.ROOT,
        "that is %.0f MB/s of the file; memory: %.0f MB/s copied (ours is %.1f %% of it), %.0f MB/s"
            + " only read (%.1f %%)%n",
        bytes / 1e6,
        copy / 1e6,
        100 * bytes / copy,
        read / 1e6,
        100 * bytes / read);
    System.out.println(said);
  }

  private static String range(List<Double> values) {
    return String.format(
        Locale.ROOT,
        "%.3f to %.3f",
        values.stream().mapToDouble(v -> v).min().orElseThrow() / 1e6,
        values.stream().mapToDouble(v -> v).max().orElseThrow() / 1e6);
  }

  private static double median(List<Double> values) {
    return Rounds.median(values.stream().mapToDouble(v -> v).toArray());
  }

  private static long count(String capture) throws IOException {
    return new FileDecode(Path.of(capture)).run();
  }

  private static void clear(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
