package io.caracal.capture.internal.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What Linux says of the interfaces of this network namespace under {@code /sys/class/net}. */
public final class Interfaces {
  private static final Path SYSFS = Path.of("/sys/class/net");

  private static final List<String> DROP_COUNTERS =
      List.of("rx_dropped", "rx_missed_errors", "rx_fifo_errors");

  private Interfaces() {}

  /**
   * Whether this machine is a 64-bit Linux, whose structures the native sources know.
   *
   * @return true if so
   */
  public static boolean onLinux() {
    return System.getProperty("os.name", "").equals("Linux")
        && !System.getProperty("os.arch", "").matches("x86|i386|arm");
  }

  /**
   * The names of all interfaces.
   *
   * @return sorted
   */
  public static List<String> names() {
    try (Stream<Path> entries = Files.list(SYSFS)) {
      // A file among them, bonding_masters, is no interface.
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      // A container without sysfs.
      return List.of();
    }
  }

  /**
   * The hardware type (ARPHRD_) of an interface.
   *
   * @param name of the interface
   * @return empty if there is no such interface
   */
  public static OptionalLong hardwareType(String name) {
    return names().contains(name)
        ? number(SYSFS.resolve(name).resolve("type"))
        : OptionalLong.empty();
  }

  /**
   * Frames that the interface or its driver dropped since the interface exists.
   *
   * @param name of the interface
   * @return 0 if there is no such interface
   */
  public static long drops(String name) {
    Path statistics = SYSFS.resolve(name).resolve("statistics");
    return DROP_COUNTERS.stream()
        .mapToLong(counter -> number(statistics.resolve(counter)).orElse(0))
        .sum();
  }

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
