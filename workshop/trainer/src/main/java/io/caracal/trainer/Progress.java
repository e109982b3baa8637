package io.caracal.trainer;

import java.io.PrintStream;

/** Lines that tell a person what is going on. */
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress SILENT = line -> {};

  /** Prints one line. */
  void line(String text);

  /** Lines on a stream. */
  static Progress on(PrintStream stream) {
    return stream::println;
  }
}
