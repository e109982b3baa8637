package io.caracal.core.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Severity;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.flow.FlowIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertBookTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AttackClass SCAN = new AttackClass("scan", "T1046");
  private static final AttackClass FLOOD = new AttackClass("flood", "T1498");

  private final List<AlertEvent> events = new ArrayList<>();
  private final AlertBook book =
      new AlertBook(Duration.ofSeconds(300), Duration.ofSeconds(60), 3, events::add);
  private int explanations;

  private void detect(
      long second, int attacker, int victim, int port, AttackClass attackClass, float probability) {
    FlowIdentity who =
        new FlowIdentity(
            false, 0, 0x0a000000L + attacker, 40_000, 0, 0x0a010000L + victim, port, 6, 0, false);
    long now = second * SECOND;
    Detection detection =
        new Detection(
            events.size(), who, now, now, 3, 180, attackClass, probability, 0.1f, List.of());
    book.add(
        detection,
        () -> {
          explanations++;
          return List.of();
        },
        now);
  }

  @Test
  void raisesOneAlertPerAttackerAndClass() {
    for (int port = 1; port <= 500; port++) {
      detect(1, 1, port % 4, port, SCAN, 0.95f);
    }
    detect(1, 1, 1, 80, FLOOD, 0.95f);
    detect(1, 2, 1, 80, SCAN, 0.95f);
    assertThat(events)
        .extracting(AlertEvent::state)
        .containsExactly(State.NEW, State.NEW, State.NEW);
    assertThat(book.raised()).containsEntry("scan", 2L).containsEntry("flood", 1L);
    assertThat(explanations).isEqualTo(3);
    book.flush(2 * SECOND);
    AlertEvent scan =
        events.stream()
            .filter(e -> e.state() == State.CLOSED && e.flows() == 500)
            .findFirst()
            .orElseThrow();
    assertThat(scan.attacker()).isEqualTo("10.0.0.1");
    assertThat(scan.victimCount()).isEqualTo(4);
    assertThat(scan.portCount()).isEqualTo(500);
    assertThat(scan.ports()).hasSize(AlertEvent.LISTED);
    assertThat(scan.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(scan.id()).isEqualTo(events.get(0).id());
  }

  @Test
  void updatesAtMostOncePerIntervalAndClosesWhenQuiet() {
    for (int second = 0; second <= 130; second++) {
      detect(second, 1, 1, 22, SCAN, 0.95f);
      book.advance(second * SECOND);
    }
    assertThat(events)
        .extracting(AlertEvent::state)
        .containsExactly(State.NEW, State.UPDATED, State.UPDATED);
    book.advance(429 * SECOND);
    assertThat(book.openCount()).isEqualTo(1);
    book.advance(445 * SECOND);
    assertThat(book.openCount()).isZero();
    assertThat(events.getLast().state()).isEqualTo(State.CLOSED);
    assertThat(events.getLast().flows()).isEqualTo(131);
    detect(446, 1, 1, 22, SCAN, 0.95f);
    assertThat(events.getLast().state()).isEqualTo(State.NEW);
    assertThat(events.getLast().id()).isNotEqualTo(events.get(0).id());
  }

  @Test
  void foldsManySourcesAgainstOneVictim() {
    for (int attacker = 1; attacker <= 1000; attacker++) {
      detect(1, attacker, 7, 80, FLOOD, 0.95f);
    }
    assertThat(book.raised()).containsEntry("flood", 4L);
    book.flush(2 * SECOND);
    AlertEvent folded =
        events.stream()
            .filter(e -> e.state() == State.CLOSED && e.attacker().startsWith(AlertBook.MANY))
            .findFirst()
            .orElseThrow();
    assertThat(folded.flows()).isEqualTo(997);
    assertThat(folded.victims()).containsExactly("10.1.0.7");
  }

  @Test
  void explainsAgainOnlyWhenClearlyStronger() {
    detect(1, 1, 1, 22, SCAN, 0.80f);
    detect(1, 1, 1, 23, SCAN, 0.85f);
    detect(1, 1, 1, 24, SCAN, 0.95f);
    assertThat(explanations).isEqualTo(2);
    book.flush(2 * SECOND);
    assertThat(events.getLast().strongest().probability()).isEqualTo(0.95f);
  }

  @Test
  void anomaliesOfNoKnownClassAreOfLowSeverity() {
    detect(1, 1, 1, 22, AttackClass.ANOMALY, 0.99f);
    assertThat(events.get(0).severity()).isEqualTo(Severity.LOW);
  }
}
