package io.caracal.benchmarks.flows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process that is resident, as Linux counts it. */
final class Resident {
  private Resident() {}

  /** Now, in MiB. */
  static long now() throws IOException {
    return mebibytes("VmRSS:");
  }

  /** The most there was, in MiB. */
  static long peak() throws IOException {
    return mebibytes("VmHWM:");
  }

  private static long mebibytes(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
        .findFirst()
        .orElseThrow(() -> new IOException("/proc/self/status lacks " + name + "; run on Linux"));
  }
}
