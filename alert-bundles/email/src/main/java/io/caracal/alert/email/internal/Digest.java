package io.caracal.alert.email.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What one mail tells: each alert once, by its last state, the worst first.
 *
 * @param id the same for the same events
 * @param alerts at least one
 */
record Digest(String id, List<AlertEvent> alerts) {
  private static final int EXPLAINED = 5;
  private static final int SUBJECT = 150;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  static Digest of(List<AlertEvent> events) {
    Map<String, AlertEvent> last = new LinkedHashMap<>();
    events.forEach(event -> last.put(event.id(), event));
    String ids = events.stream().map(AlertEvent::eventId).collect(Collectors.joining("\n"));
    return new Digest(
        UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8)).toString(),
        last.values().stream()
            .sorted(
                Comparator.comparing(AlertEvent::severity)
                    .thenComparing(AlertEvent::confidence, Comparator.reverseOrder()))
            .toList());
  }

  boolean urgent() {
    return alerts.getFirst().severity() == Severity.HIGH;
  }

  /** How many and how bad, and the worst of them. */
  String subject() {
    String subject = "[Caracal] " + counts() + ": " + summary(alerts.getFirst());
    return subject.length() <= SUBJECT ? subject : subject.substring(0, SUBJECT - 1) + "…";
  }

  String counts() {
    Map<Severity, Long> counts =
        alerts.stream()
            .collect(
                Collectors.groupingBy(
                    AlertEvent::severity,
                    () -> new java.util.EnumMap<>(Severity.class),
                    Collectors.counting()));
    String bySeverity =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + word(entry.getKey()))
            .collect(Collectors.joining(", "));
    return alerts.size() + (alerts.size() == 1 ? " alert (" : " alerts (") + bySeverity + ")";
  }

  /** The alerts that are explained, not only listed. */
  List<AlertEvent> explained() {
    return alerts.subList(0, Math.min(EXPLAINED, alerts.size()));
  }

  static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  static String state(AlertEvent alert) {
    return alert.state().name().toLowerCase(Locale.ROOT);
  }

  static String time(long nanos) {
    return TIME.format(Instant.EPOCH.plus(nanos, ChronoUnit.NANOS)) + " UTC";
  }

  /** Who does what to whom. */
  static String summary(AlertEvent alert) {
    String victims =
        alert.victimCount() == 1 ? alert.victims().getFirst() : alert.victimCount() + " hosts";
    return plain(alert.attackClass().name() + " by " + alert.attacker() + " against " + victims);
  }

  static List<String> reasons(AlertEvent alert) {
    return alert.drivers().stream().map(driver -> plain(driver.sentence())).toList();
  }

  /** One line, whatever it was made of. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
