package io.caracal.benchmarks.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The whole sensor beside Suricata on one capture, as whole processes in turn: {@code SensorRun
 * CARACAL CAPTURE [RULES]}. CARACAL is the launcher, built before. Each writes its alerts and
 * nothing else of the flows; Suricata runs without rules and, where there are some, with them, on
 * one thread.
 */
public final class SensorRun {
  private static final int ROUNDS = 3;
  private static final String DEBIAN_RULES = "/etc/suricata/rules";

  private final Map<WholeRun, List<Double>> rates = new LinkedHashMap<>();

  private SensorRun() {}

  /**
   * Prints the comparison.
   *
   * @param arguments launcher and capture; folder of Suricata's rules, else those that the Debian
   *     package brings
   * @throws IOException if one cannot be read or run
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      throw new IOException("name the launcher and one capture, uncompressed");
    }
    Path scratch = Files.createTempDirectory("sensor-run");
    try {
      SensorRun comparison = new SensorRun();
      Path rules = Path.of(arguments.length > 2 ? arguments[2] : DEBIAN_RULES);
      comparison.enter(arguments[0], arguments[1], rules, scratch);
      comparison.run(new FileDecode(Path.of(arguments[1])).run());
    } finally {
      delete(scratch);
    }
  }

  private void enter(String caracal, String capture, Path rules, Path scratch) throws IOException {
    List<String> replay =
        List.of(
            caracal,
            "replay",
            capture,
            "--quiet",
            "--out",
            scratch.toString(),
            "--set",
            "eve.types=alert");
    add(new WholeRun("caracal", replay));
    List<String> all = new ArrayList<>(replay);
    all.addAll(List.of("--set", "detectors.scope=all", "--set", "cascade.late=none"));
    add(new WholeRun("caracal, all detectors, no cascade", all));
    Path none = Files.createFile(scratch.resolve("none.rules"));
    WholeRun bare = suricata("suricata without rules", capture, none, scratch);
    if (!bare.installed()) {
      System.out.println("suricata is not installed (Debian: suricata, of backports)");
      return;
    }
    add(bare);
    Path together = scratch.resolve("all.rules");
    long count = collect(rules, together);
    if (count > 0) {
      add(suricata("suricata with " + count + " rules", capture, together, scratch));
    } else {
      System.out.println("no rules in " + rules);
    }
  }

  private void add(WholeRun run) {
    rates.put(run, new ArrayList<>());
  }

  private static WholeRun suricata(String name, String capture, Path rules, Path scratch) {
    return new WholeRun(
        name,
        List.of(
            "suricata",
            "-r",
            capture,
            "-S",
            rules.toString(),
            "-l",
            scratch.toString(),
            "-k",
            "none",
            "--runmode",
            "single"));
  }

  /** All rules of a folder in one file; how many there are. */
  private static long collect(Path folder, Path file) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    List<String> rules = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(f -> f.toString().endsWith(".rules")).sorted().toList()) {
        rules.addAll(Files.readAllLines(each));
      }
    }
    Files.write(file, rules);
    return rules.stream().filter(rule -> rule.matches("(alert|drop|pass|reject) .*")).count();
  }

  private void run(long packets) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<WholeRun, List<Double>> entry : rates.entrySet()) {
        entry.getValue().add(packets / entry.getKey().run().cpuSeconds());
      }
    }
    System.out.printf(Locale.ROOT, "%,d packets%n", packets);
    rates.forEach(
        (run, some) ->
            System.out.printf(
                Locale.ROOT,
                "%-40s %6.3f M packets per CPU-second, whole process%n",
                run.name(),
                Rounds.median(some.stream().mapToDouble(v -> v).toArray()) / 1e6));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
