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
  private AlertBook book = book(1000, 1000, 1000);
  private int explanations;

  private AlertBook book(int perSource, int total, int open) {
    return new AlertBook(
        new AlertRules(Duration.ofSeconds(300), Duration.ofSeconds(60), 3, perSource, total, open),
        events::add);
  }

  private String detect(
      long second, int attacker, int victim, int port, AttackClass attackClass, float probability) {
    return detect(second, attacker, victim, port, attackClass, probability, 30);
  }

  private String detect(
      long second,
      int attacker,
      int victim,
      int port,
      AttackClass attackClass,
      float probability,
      int packets) {
    FlowIdentity who =
        new FlowIdentity(
            false, 0, 0x0a000000L + attacker, 40_000, 0, 0x0a010000L + victim, port, 6, 0, false);
    long now = second * SECOND;
    Detection detection =
        new Detection(
            events.size(), who, now, now, packets, 1800, attackClass, probability, 0.1f, List.of());
    return book.add(
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
        .containsExactly(State.NEW, State.UPDATED, State.NEW, State.NEW);
    assertThat(events.get(1).severity()).as("so many ports").isEqualTo(Severity.MEDIUM);
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
            .filter(e -> e.state() == State.CLOSED && e.attacker().startsWith(AlertEvent.MANY))
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

  private static AttackClass attackClass(int number) {
    return new AttackClass("class-" + number, "");
  }

  private List<AlertEvent> closed() {
    return events.stream().filter(event -> event.state() == State.CLOSED).toList();
  }

  @Test
  void foldsWhatOneAttackerDoesBeyondItsLimit() {
    book = book(5, 1000, 1000);
    for (int round = 0; round < 3; round++) {
      for (int number = 0; number < 20; number++) {
        detect(1, 1, 1, 80, attackClass(number), 0.95f);
      }
    }
    detect(1, 2, 1, 80, FLOOD, 0.95f);
    // The sixth is the one that the others are folded into.
    assertThat(book.raised()).containsEntry("folded", 1L).hasSize(5 + 2);
    book.flush(2 * SECOND);
    AlertEvent folded =
        closed().stream().filter(event -> event.folded() > 0).findFirst().orElseThrow();
    assertThat(folded.folded()).isEqualTo(15);
    assertThat(folded.flows()).isEqualTo(45);
    assertThat(folded.classes()).hasSize(15);
    assertThat(folded.attacker()).isEqualTo("10.0.0.1");
    assertThat(book.counters()).containsEntry("alerts.folded", 15L);
  }

  @Test
  void foldsEverythingBeyondTheLimitOfAll() {
    book = book(5, 10, 1000);
    for (int attacker = 1; attacker <= 100; attacker++) {
      String alert = detect(1, attacker, attacker, 80, FLOOD, 0.95f);
      assertThat(detect(2, attacker, attacker, 81, FLOOD, 0.95f)).isEqualTo(alert);
    }
    detect(2, 1000, 1000, 4444, new AttackClass("command-and-control", ""), 0.99f);
    assertThat(events).filteredOn(event -> event.state() == State.NEW).hasSize(11);
    book.flush(3 * SECOND);
    AlertEvent folded =
        closed().stream().filter(event -> event.folded() > 0).findFirst().orElseThrow();
    assertThat(folded.folded()).isEqualTo(91);
    assertThat(folded.attacker()).isEqualTo(AlertEvent.MANY);
    assertThat(folded.attackerCount()).isEqualTo(91);
    assertThat(folded.victimCount()).isEqualTo(91);
    assertThat(folded.attackClass()).isEqualTo(FLOOD);
    assertThat(folded.severity()).as("of the worst").isEqualTo(Severity.HIGH);
    assertThat(closed().stream().mapToLong(AlertEvent::flows).sum()).isEqualTo(201);
  }

  @Test
  void theLimitsFillUpAgain() {
    book = book(4, 1000, 1000);
    for (int number = 0; number < 5; number++) {
      detect(1, 1, 1, 80, attackClass(number), 0.95f);
    }
    book.advance(1000 * SECOND); // a quarter of an hour fills one of four
    detect(1000, 1, 1, 80, attackClass(10), 0.95f);
    detect(1000, 1, 1, 80, attackClass(11), 0.95f);
    assertThat(book.raised()).containsKey("class-10").doesNotContainKey("class-11");
  }

  @Test
  void aLastingAlertIsUpdatedEverMoreRarely() {
    int days = 7;
    for (long second = 0; second < days * 86_400L; second += 30) {
      detect(second, 1, 1, 22, SCAN, 0.95f);
      book.advance(second * SECOND);
    }
    assertThat(events).hasSizeBetween(days * 24, 300);
  }

  @Test
  void whatGetsWorseIsToldAtOnce() {
    detect(1, 1, 1, 80, FLOOD, 0.95f);
    for (int victim = 2; victim <= 20; victim++) {
      detect(2, 1, victim, 80, FLOOD, 0.95f);
    }
    assertThat(events)
        .extracting(AlertEvent::severity)
        .containsExactly(Severity.MEDIUM, Severity.HIGH);
    assertThat(events.getLast().victimCount()).isEqualTo(10);
  }

  @Test
  void ofTooManyOpenAlertsTheQuietestIsClosedAndCounted() {
    book = book(1000, 1000, 10);
    for (int attacker = 1; attacker <= 25; attacker++) {
      detect(attacker, attacker, attacker, 22, SCAN, 0.95f);
    }
    assertThat(book.openCount()).isEqualTo(10);
    assertThat(closed()).extracting(AlertEvent::attacker).startsWith("10.0.0.1").hasSize(15);
    assertThat(book.counters()).containsEntry("alerts.evicted", 15L);
  }

  @Test
  void aProbeThatIsCalledOtherwiseBelongsToTheScan() {
    for (int port = 1; port <= 100; port++) {
      detect(1, 1, 1, port, port % 7 == 0 ? FLOOD : SCAN, 0.95f, 2);
    }
    assertThat(book.raised()).containsOnlyKeys("scan");
    book.flush(2 * SECOND);
    assertThat(closed().getFirst().classes())
        .containsExactly(new AlertEvent.ClassCount(SCAN, 86), new AlertEvent.ClassCount(FLOOD, 14));
  }

  @Test
  void anAttackAfterTheScanIsAnAlertOfItsOwn() {
    for (int port = 1; port <= 100; port++) {
      detect(1, 1, 1, port, SCAN, 0.95f, 2);
    }
    AttackClass guessing = new AttackClass("brute-force", "T1110");
    detect(2, 1, 1, 22, guessing, 0.95f, 30);
    for (int flow = 0; flow < 10; flow++) {
      detect(2, 1, 1, 80, FLOOD, 0.95f, 3);
    }
    detect(2, 1, 9, 21, new AttackClass("web-attack", "T1190"), 0.95f, 3);
    assertThat(book.raised()).containsOnlyKeys("scan", "brute-force", "flood", "web-attack");
  }

  @Test
  void aMillionDetectionsAreTheFewAlertsThatTheyAre() {
    for (int i = 0; i < 1_000_000; i++) {
      detect(1 + i / 100_000, 1 + i % 40_000, i % 3, i % 65_536, FLOOD, 0.95f);
    }
    assertThat(events).hasSizeLessThan(30);
    book.flush(20 * SECOND);
    assertThat(closed()).hasSize(3 * 3 + 3);
    assertThat(closed().stream().mapToLong(AlertEvent::flows).sum()).isEqualTo(1_000_000);
  }

  @Test
  void memoryIsBoundedAndWhatIsNotCountedIsSaid() {
    for (int i = 0; i < 700_000; i++) {
      detect(1, i / 70_000, i % 70_000, 80, FLOOD, 0.95f);
    }
    assertThat(book.counters().get("alerts.uncounted")).isPositive();
    book.flush(2 * SECOND);
    assertThat(closed().stream().mapToLong(AlertEvent::flows).sum()).isEqualTo(700_000);
    assertThat(closed())
        .allSatisfy(event -> assertThat(event.victimCount()).isLessThanOrEqualTo(65_536));
  }

  @Test
  void anomaliesOfNoKnownClassAreOfLowSeverity() {
    detect(1, 1, 1, 22, AttackClass.ANOMALY, 0.99f);
    assertThat(events.get(0).severity()).isEqualTo(Severity.LOW);
  }
}
