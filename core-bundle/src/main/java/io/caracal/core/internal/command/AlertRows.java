package io.caracal.core.internal.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.caracal.api.alert.AlertArchive.Listed;
import io.caracal.api.alert.AlertArchive.Sink;
import io.caracal.api.alert.AlertArchive.State;
import io.caracal.api.alert.AlertArchive.Verdict;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SinkHealth;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The journal's contents as rows for people and lines for programs. */
final class AlertRows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int SHORT_ID = 8;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertRows() {}

  static TextTable alerts(List<Listed> alerts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "first",
            "last",
            "id",
            "severity",
            "class",
            "attacker",
            "victims",
            "flows",
            "state",
            "verdict"));
    for (Listed listed : alerts) {
      AlertEvent alert = listed.latest().event();
      rows.add(
          List.of(
              time(alert.firstNanos() / NANOS_PER_MILLI),
              time(alert.lastNanos() / NANOS_PER_MILLI),
              alert.id().substring(0, Math.min(SHORT_ID, alert.id().length())),
              alert.severity().name().toLowerCase(Locale.ROOT),
              alert.attackClass().name(),
              alert.attacker(),
              alert.victimCount() == 1
                  ? alert.victims().getFirst()
                  : alert.victimCount() + " hosts",
              Long.toString(alert.flows()),
              alert.state() == AlertEvent.State.CLOSED ? "closed" : "open",
              listed.verdict().map(AlertRows::verdict).orElse("")));
    }
    return new TextTable(rows);
  }

  private static String verdict(Verdict verdict) {
    return verdict.attack() + (verdict.comment().isEmpty() ? "" : ": " + verdict.comment());
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /** One line: the event as EVE, and what the journal knows besides. */
  static String json(Listed listed, EventFormat eve) {
    State latest = listed.latest();
    ObjectNode line = JSON.createObjectNode();
    line.put("sequence", latest.sequence());
    line.put("journalled", Instant.ofEpochMilli(latest.journalledMillis()).toString());
    line.put("closed_because", latest.reason());
    listed
        .verdict()
        .ifPresent(
            verdict ->
                line.putObject("verdict")
                    .put("attack", verdict.attack())
                    .put("comment", verdict.comment())
                    .put("at", Instant.ofEpochMilli(verdict.atMillis()).toString()));
    String event = new String(eve.write(latest.event()), StandardCharsets.UTF_8);
    line.putRawValue("event", new RawValue(event));
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static TextTable about(List<State> history, Optional<Verdict> verdict, Path evidence) {
    State latest = history.getLast();
    String id = latest.event().id();
    Path packets = evidence.resolve(id + ".pcapng");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("  id", id));
    rows.add(
        List.of(
            "  told",
            history.size() + " times, last at " + time(latest.journalledMillis()) + " UTC"));
    if (!latest.reason().isEmpty()) {
      rows.add(List.of("  closed", latest.reason()));
    }
    rows.add(
        List.of(
            "  verdict",
            verdict.map(AlertRows::verdict).orElse("none; caracal alerts mark ID true|false")));
    rows.add(
        List.of("  packets", Files.exists(packets) ? packets.toString() : "none in " + evidence));
    return new TextTable(rows);
  }

  static TextTable sinks(List<Sink> sinks) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "sink",
            "state",
            "since",
            "pending",
            "delivered",
            "retried",
            "left out",
            "set aside",
            "expired",
            "last error"));
    for (Sink sink : sinks) {
      SinkHealth health = sink.health();
      rows.add(
          List.of(
              health.sink(),
              health.state().key(),
              time(health.sinceMillis()),
              Long.toString(sink.pending()),
              Long.toString(health.delivered()),
              Long.toString(health.retried()),
              Long.toString(health.leftOut()),
              Long.toString(health.aside()),
              Long.toString(sink.expired()),
              health.error()));
    }
    return new TextTable(rows);
  }
}
