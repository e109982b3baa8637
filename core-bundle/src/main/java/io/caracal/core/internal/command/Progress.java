package io.caracal.core.internal.command;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A line that says how far a command is: rewritten in place on a terminal, a new one every few
 * seconds elsewhere.
 */
final class Progress {
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long FILE_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final boolean silent;
  private final long start = System.nanoTime();
  private long next;
  private boolean dirty;

  /** Mode is {@code terminal}, {@code lines} or {@code none}. */
  Progress(String mode, PrintStream out) {
    this.out = out;
    this.terminal = mode.equals("terminal");
    this.silent = mode.equals("none");
    this.next = start + (terminal ? TERMINAL_NANOS : FILE_NANOS);
  }

  void show(String what, double share, long packets, long flows, long detections) {
    long now = System.nanoTime();
    if (silent || now < next) {
      return;
    }
    next = now + (terminal ? TERMINAL_NANOS : FILE_NANOS);
    String done = share < 0 ? "" : String.format(Locale.ROOT, " %3.0f %%", 100 * share);
    String line =
        String.format(
            Locale.ROOT,
            "%s%s  %,d packets  %,d flows  %,d detections  %,.0f packets/s",
            what,
            done,
            packets,
            flows,
            detections,
            packets / ((now - start) / 1e9));
    out.print(terminal ? "\r\033[K" + line + "\r" : line + System.lineSeparator());
    out.flush();
    dirty = terminal;
  }

  /** Clears the line, so that other output starts on a clean one. */
  void clear() {
    if (dirty) {
      out.print("\r\033[K");
      out.flush();
      dirty = false;
    }
  }
}
