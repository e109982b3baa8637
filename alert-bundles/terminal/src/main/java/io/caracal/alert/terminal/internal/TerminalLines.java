package io.caracal.alert.terminal.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Prints alerts for a person. */
final class TerminalLines implements AlertSink {
  /** Clears what is left of a line that another part rewrites in place, such as the progress. */
  private static final String CLEAR = "\033[K";

  private final PrintStream out;
  private final Shown shown;
  private final boolean terminal;
  private final boolean coloured;

  TerminalLines(PrintStream out, Shown shown, boolean terminal, boolean coloured) {
    this.out = out;
    this.shown = shown;
    this.terminal = terminal;
    this.coloured = coloured;
  }

  @Override
  public String name() {
    return "terminal";
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return type == AlertEvent.class && shown != Shown.NONE;
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException {
    StringBuilder text = new StringBuilder();
    for (SensorEvent event : events) {
      if (event instanceof AlertEvent alert && shown.shows(alert.state())) {
        text.append(terminal ? CLEAR : "").append(new AlertBlock(alert, coloured).text());
      }
    }
    out.print(text);
    if (out.checkError()) {
      throw new IOException("standard output does not take the alerts; is the pipe still open?");
    }
  }
}
