package io.caracal.alert.email.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a mail is due: when alerts have been gathered for the interval, at once for one that is of
 * high severity for the first time, but not more often than so many times in any hour. One thread.
 */
final class Schedule {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int REMEMBERED = 10_000;

  private final Duration interval;
  private final boolean urgent;
  private final int perHour;
  private final Deque<Instant> sent = new ArrayDeque<>();
  private final Set<String> told = new LinkedHashSet<>();
  private Optional<Instant> since = Optional.empty();

  Schedule(Duration interval, boolean urgent, int perHour) {
    this.interval = interval;
    this.urgent = urgent;
    this.perHour = perHour;
  }

  /** How long these alerts have to wait; zero if they are due. */
  Duration wait(List<AlertEvent> alerts, Instant now) {
    Instant begun = since.orElse(now);
    since = Optional.of(begun);
    boolean atOnce = urgent && alerts.stream().anyMatch(this::news);
    Instant due = atOnce ? now : begun.plus(interval);
    while (!sent.isEmpty() && !sent.element().plus(HOUR).isAfter(now)) {
      sent.remove();
    }
    if (sent.size() >= perHour && sent.element().plus(HOUR).isAfter(due)) {
      due = sent.element().plus(HOUR);
    }
    return due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO;
  }

  private boolean news(AlertEvent alert) {
    return alert.severity() == Severity.HIGH && !told.contains(alert.id());
  }

  /** These alerts were sent. */
  void sent(List<AlertEvent> alerts, Instant now) {
    sent.add(now);
    since = Optional.empty();
    alerts.stream()
        .filter(alert -> alert.severity() == Severity.HIGH)
        .map(AlertEvent::id)
        .forEach(told::add);
    while (told.size() > REMEMBERED) {
      told.remove(told.iterator().next());
    }
  }
}
