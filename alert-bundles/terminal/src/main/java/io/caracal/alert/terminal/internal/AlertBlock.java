package io.caracal.alert.terminal.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Severity;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * One alert as at most four lines: who does what to whom, how much of it, how sure the detectors
 * are, and why. An updated or closed alert has only the first two: the rest was said when it was
 * raised.
 */
record AlertBlock(AlertEvent alert, boolean coloured) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final double NANOS = 1e9;
  private static final String TO = " to ";
  private static final String GAP = "  ";

  /** The lines, each ended by a newline. */
  String text() {
    boolean raised = alert.state() == State.NEW;
    String flow = "flow " + strongest().identity().communityId();
    List<String> drivers =
        raised ? alert.drivers().stream().map(Wording::driver).toList() : List.of();

    Line extent = extent();
    String victims = victims(extent.room() - TO.length() - GAP.length() - flow.length());
    boolean flowFits = victimNamed() || !victims.isEmpty();
    if (!flowFits) {
      victims = victims(extent.room() - TO.length()); // the flow goes to the last line
    }
    extent.add(victims.isEmpty() ? "" : TO + victims);
    extent.add(Ink.FAINT, flowFits ? GAP + flow : "");

    StringBuilder block = new StringBuilder();
    block.append(headline()).append('\n').append(extent).append('\n');
    if (raised) {
      block.append(judgement()).append('\n');
    }
    if (!drivers.isEmpty() || !flowFits) {
      block.append(reasons(drivers, flowFits ? "" : flow)).append('\n');
    }
    return block.toString();
  }

  private Line headline() {
    Line line = deed();
    return line.add(target(line.room()));
  }

  private Line deed() {
    boolean closed = alert.state() == State.CLOSED;
    long second = Math.floorDiv(alert.timeNanos(), (long) NANOS);
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    Ink severity = closed ? Ink.FAINT : Ink.of(alert.severity());
    String technique = alert.attackClass().technique();
    return new Line(coloured)
        .add(Ink.FAINT, TIME.format(time))
        .add(GAP)
        .add(severity, closed ? "over" : label(alert.severity()))
        .add(GAP)
        .add(Ink.STRONG, alert.attackClass().name())
        .add(technique.isEmpty() ? "" : " " + technique)
        .add(GAP)
        .add(Ink.STRONG, alert.attacker())
        .add(" -> ");
  }

  private static String label(Severity severity) {
    return switch (severity) {
      case HIGH -> "HIGH";
      case MEDIUM -> "MED ";
      case LOW -> "LOW ";
    };
  }

  /** Hosts and ports by value where there is room, else by number. */
  private String target(int room) {
    String hosts = victimNamed() ? alert.victims().getFirst() : hosts();
    if (!hasPorts()) {
      String protocol = hosts + ", " + strongest().identity().protocolName();
      return protocol.length() <= room ? protocol : hosts;
    }
    String before = hosts + (alert.portCount() == 1 ? ", port " : ", ports ");
    List<String> ports = alert.ports().stream().map(String::valueOf).toList();
    String named = Wording.some(ports, alert.portCount(), room - before.length());
    String counted = hosts + ", " + Wording.counted(alert.portCount(), "port");
    if (!named.isEmpty()) {
      return before + named;
    }
    return counted.length() <= room ? counted : hosts;
  }

  /** Whether the headline shows the address of the only victim. */
  private boolean victimNamed() {
    return alert.victimCount() == 1 && alert.victims().getFirst().length() <= deed().room();
  }

  private String hosts() {
    return alert.victimCount() < AlertEvent.COUNTED
        ? Wording.counted(alert.victimCount(), "host")
        : Wording.count(AlertEvent.COUNTED) + "+ hosts";
  }

  private boolean hasPorts() {
    int protocol = strongest().identity().protocol();
    return alert.portCount() > 0 && (protocol == 6 || protocol == 17 || protocol == 132);
  }

  private String victims(int room) {
    return victimNamed() ? "" : Wording.some(alert.victims(), alert.victimCount(), room);
  }

  private Line extent() {
    String label =
        switch (alert.state()) {
          case NEW -> "seen";
          case UPDATED -> "still";
          case CLOSED -> "total";
        };
    double seconds = (alert.lastNanos() - alert.firstNanos()) / NANOS;
    return labelled(label)
        .add(Wording.counted(alert.flows(), "flow"))
        .add(seconds > 0 ? " in " + Wording.duration(seconds) : "");
  }

  private Line judgement() {
    Line line =
        labelled("sure")
            .add(Wording.percent(strongest().probability()))
            .add(", uncertainty " + Wording.percent(strongest().uncertainty()));
    List<String> detectors =
        strongest().detectors().stream()
            .map(said -> said.id() + " " + said.version() + " " + Wording.score(said.score()))
            .toList();
    return line.add(detectors.isEmpty() ? "" : ": ")
        .add(Wording.some(detectors, detectors.size(), line.room() - 2));
  }

  private Line reasons(List<String> drivers, String flow) {
    Line line = labelled(drivers.isEmpty() ? "" : "why");
    String why = Wording.some(drivers, drivers.size(), line.room() - GAP.length() - flow.length());
    return line.add(why).add(why.isEmpty() || flow.isEmpty() ? "" : GAP).add(Ink.FAINT, flow);
  }

  private Line labelled(String label) {
    return new Line(coloured)
        .add(GAP)
        .add(Ink.FAINT, label)
        .add(" ".repeat("total ".length() - label.length()));
  }

  private Detection strongest() {
    return alert.strongest();
  }
}
