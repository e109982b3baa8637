package io.caracal.trainer;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** How far a training is: lines for a person, and states from which it can go on. */
@FunctionalInterface
public interface Progress {
  /** Says nothing and keeps nothing. */
  Progress SILENT = line -> {};

  /** Prints one line. */
  void line(String text);

  /** The folder of checkpoints, or empty where none are kept. */
  default Optional<Path> checkpoints() {
    return Optional.empty();
  }

  /** Lines on a stream. */
  static Progress on(PrintStream stream) {
    return stream::println;
  }

  /** The same lines, with checkpoints. */
  default Progress keeping(Path folder) {
    Progress lines = this;
    return new Progress() {
      @Override
      public void line(String text) {
        lines.line(text);
      }

      @Override
      public Optional<Path> checkpoints() {
        return Optional.of(folder);
      }
    };
  }
}
