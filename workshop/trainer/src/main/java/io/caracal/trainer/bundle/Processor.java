package io.caracal.trainer.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The processor of this machine, as Linux tells it. */
final class Processor {
  private static final Path INFO = Path.of("/proc/cpuinfo");
  private static final Set<String> INSTRUCTION_SETS =
      Set.of("sse4_2", "avx", "fma", "avx2", "avx512f", "avx512vl", "avx512_vnni", "asimd", "sve");

  private Processor() {}

  /** Its model, or the architecture where the kernel names none. */
  static String name() {
    return values("model name").findFirst().orElseGet(() -> System.getProperty("os.arch", ""));
  }

  /** Those of its instruction sets on which the last bits of a result depend. */
  static Set<String> instructionSets() {
    Set<String> found = new TreeSet<>();
    Stream.of("flags", "Features")
        .flatMap(Processor::values)
        .forEach(line -> found.addAll(List.of(line.split("\\s+"))));
    found.retainAll(INSTRUCTION_SETS);
    return found;
  }

  private static Stream<String> values(String key) {
    try {
      return Files.readAllLines(INFO).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
