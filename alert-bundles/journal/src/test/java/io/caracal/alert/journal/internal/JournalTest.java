package io.caracal.alert.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.AlertArchive;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.AlertJournal.Entry;
import io.caracal.api.alert.AlertJournal.Mode;
import io.caracal.api.alert.Severity;
import io.caracal.api.alert.SinkHealth;
import io.caracal.testkit.SampleAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final JournalSettings SETTINGS =
      new JournalSettings(1000, Duration.ofDays(90), 1_000_000_000);

  @TempDir private Path folder;

  private Journal open(Mode mode) throws IOException {
    return new Journal(folder, mode, SETTINGS);
  }

  private static void commit(Journal journal, long until) throws InterruptedException {
    Semaphore commits = new Semaphore(0);
    journal.listen(commits::release);
    while (journal.committed() < until) {
      commits.acquire();
    }
  }

  private static SinkHealth health(String sink, long cursor) {
    return new SinkHealth(sink, SinkHealth.State.WORKING, 1, "", cursor, 3, 2, 1, 0);
  }

  @Test
  void whatWasTakenIsThereInOrderAndAfterARestart() throws Exception {
    List<AlertEvent> told = new ArrayList<>();
    try (Journal journal = open(Mode.LIVE)) {
      for (int i = 0; i < 3000; i++) {
        told.add(SampleAlerts.alert(i, 0, State.CLOSED));
        while (journal.append(told.getLast()) != i + 1) {
          Thread.onSpinWait(); // the queue was full, and the event counted as lost
        }
      }
      commit(journal, 3000);
      List<Entry> tail = journal.after(2990, 100);
      assertThat(tail).extracting(Entry::event).isEqualTo(told.subList(2990, 3000));
    }
    try (Journal journal = open(Mode.LIVE)) {
      assertThat(journal.origin()).isEqualTo(3000);
      List<Entry> all = journal.after(0, 10_000);
      assertThat(all).extracting(Entry::event).isEqualTo(told);
      assertThat(all)
          .extracting(Entry::sequence)
          .isEqualTo(LongStream.rangeClosed(1, 3000).boxed().toList());
      assertThat(journal.append(SampleAlerts.drift(1))).isEqualTo(3001);
    }
  }

  @Test
  void aSinkGoesOnWhereItWas() throws Exception {
    try (Journal journal = open(Mode.LIVE)) {
      journal.append(SampleAlerts.alert(1, 0, State.CLOSED));
      assertThat(journal.cursor("syslog", 0)).isZero();
      journal.note(health("syslog", 1));
    }
    try (Journal journal = open(Mode.LIVE)) {
      assertThat(journal.cursor("syslog", 0)).isEqualTo(1);
      assertThat(journal.cursor("kafka", 7)).isEqualTo(7);
    }
  }

  @Test
  void alertsThatARunLeftOpenAreClosedByTheNext() throws Exception {
    try (Journal journal = open(Mode.LIVE)) {
      journal.append(SampleAlerts.alert(1));
      journal.append(SampleAlerts.alert(2));
      journal.append(SampleAlerts.alert(2, 1, State.CLOSED));
      journal.append(SampleAlerts.alert(1, 1, State.UPDATED));
    }
    try (Journal journal = open(Mode.LIVE);
        Archive archive = new Archive(folder.resolve("caracal.db"))) {
      assertThat(journal.origin()).isEqualTo(4);
      assertThat(journal.committed()).isEqualTo(5);
      List<AlertArchive.State> history = archive.history("alert-1");
      assertThat(history)
          .extracting(state -> state.event().state() + " " + state.event().revision())
          .containsExactly("NEW 0", "UPDATED 1", "CLOSED 2");
      assertThat(history.getLast().reason()).contains("ended without closing");
      assertThat(archive.history("alert-2")).hasSize(2);
    }
  }

  @Test
  void aReplayBeginsAnewButKeepsVerdicts() throws Exception {
    try (Journal journal = open(Mode.REPLAY)) {
      journal.append(SampleAlerts.alert(1));
      journal.note(health("eve", 1));
    }
    try (Archive archive = new Archive(folder.resolve("caracal.db"))) {
      archive.mark("alert-1", true, "seen");
    }
    try (Journal journal = open(Mode.REPLAY);
        Archive archive = new Archive(folder.resolve("caracal.db"))) {
      assertThat(journal.origin()).isZero();
      assertThat(journal.after(0, 10)).isEmpty();
      assertThat(journal.cursor("eve", 0)).isZero();
      assertThat(archive.verdict("alert-1").orElseThrow().comment()).isEqualTo("seen");
    }
  }

  @Test
  void oneSensorAtATime() throws Exception {
    try (Journal journal = open(Mode.LIVE)) {
      assertThat(journal.committed()).isZero();
      assertThatThrownBy(() -> open(Mode.LIVE))
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("state.dir");
    }
  }

  @Test
  void aDamagedDatabaseIsKeptAndANewOneBegun() throws Exception {
    Files.writeString(folder.resolve("caracal.db"), "this is no database".repeat(1000));
    try (Journal journal = open(Mode.LIVE)) {
      journal.append(SampleAlerts.alert(1));
      commit(journal, 1);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.matches("caracal\\.db\\.damaged-[0-9TZ]+"));
    }
  }

  @Test
  void peopleReadItBesideTheSensor() throws Exception {
    try (Journal journal = open(Mode.LIVE);
        Archive archive = new Archive(folder.resolve("caracal.db"))) {
      for (int i = 0; i < 6; i++) {
        journal.append(SampleAlerts.alert(i));
      }
      journal.note(health("kafka", 2)); // goes with the commit of what comes after it
      journal.append(SampleAlerts.alert(3, 1, State.CLOSED));
      commit(journal, 7);
      archive.mark("alert-3", false, "a backup");
      assertThat(listed(archive, AlertArchive.Query.ALL)).hasSize(6);
      assertThat(listed(archive, query(Optional.empty(), Optional.empty(), true))).hasSize(5);
      assertThat(listed(archive, query(Optional.of("203.0.113.4"), Optional.empty(), false)))
          .containsExactly("alert-4");
      assertThat(listed(archive, query(Optional.empty(), Optional.of(Severity.HIGH), false)))
          .containsExactly("alert-0", "alert-3");
      assertThat(archive.ids("alert-3")).containsExactly("alert-3");
      assertThat(archive.ids("alert")).hasSize(6);
      AlertArchive.Sink kafka = archive.sinks().getFirst();
      assertThat(kafka.health()).isEqualTo(health("kafka", 2));
      assertThat(kafka.pending()).isEqualTo(5);
    }
    try (Archive archive = new Archive(folder.resolve("caracal.db"))) {
      assertThat(archive.sinks().getFirst().health().state()).isEqualTo(SinkHealth.State.ABSENT);
    }
  }

  private static AlertArchive.Query query(
      Optional<String> host, Optional<Severity> severity, boolean open) {
    return new AlertArchive.Query(
        Optional.of(Instant.EPOCH), Optional.of("scan"), host, severity, open);
  }

  private static List<String> listed(Archive archive, AlertArchive.Query query) throws IOException {
    List<String> ids = new ArrayList<>();
    archive.list(query, listed -> ids.add(listed.latest().event().id()));
    return ids;
  }

  @Test
  void theRetentionCountsWhatASinkDidNotGet() throws Exception {
    try (Journal journal = open(Mode.LIVE)) {
      for (int i = 0; i < 10; i++) {
        journal.append(SampleAlerts.alert(i));
      }
      journal.note(health("slow", 4));
      journal.note(health("fast", 10));
    }
    Path file = folder.resolve("caracal.db");
    try (Tables tables = new Tables(Database.open(file));
        Archive archive = new Archive(file)) {
      JournalSettings week = new JournalSettings(10, Duration.ofDays(7), 1_000_000_000);
      new Retention(tables, week).apply(System.currentTimeMillis());
      assertThat(archive.history("alert-0")).as("younger than a week").hasSize(1);
      new Retention(tables, week).apply(System.currentTimeMillis() + Duration.ofDays(8).toMillis());
      assertThat(archive.history("alert-0")).isEmpty();
      assertThat(archive.sinks())
          .extracting(sink -> sink.health().sink() + " " + sink.expired() + " " + sink.pending())
          .containsExactly("fast 0 0", "slow 6 0");
    }
    try (Journal journal = open(Mode.LIVE)) {
      assertThat(journal.origin()).as("numbers go on").isEqualTo(10);
    }
  }

  @Test
  void theOldestMakeRoom() throws Exception {
    try (Journal journal = open(Mode.LIVE)) {
      for (int i = 0; i < 900; i++) {
        journal.append(SampleAlerts.alert(i));
      }
    }
    try (Tables tables = new Tables(Database.open(folder.resolve("caracal.db")))) {
      Retention retention =
          new Retention(tables, new JournalSettings(10, Duration.ofDays(7), 300_000));
      retention.apply(System.currentTimeMillis());
      assertThat(retention.removed()).isPositive();
      assertThat(tables.number("SELECT max(sequence) FROM event"))
          .as("the newest stay, while there is room")
          .isEqualTo(900);
    }
  }

  @Test
  void sqliteReadsTheEvents() throws Exception {
    try (Journal journal = open(Mode.LIVE)) {
      journal.append(SampleAlerts.alert(4));
    }
    try (Connection connection = Database.open(folder.resolve("caracal.db"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT json_valid(body), body ->> '$.strongest.detectors[0].id',"
                    + " body ->> '$.drivers[1].typical' FROM event")) {
      assertThat(row.getInt(1)).isEqualTo(1);
      assertThat(row.getString(2)).isEqualTo("autoencoder");
      assertThat(row.getString(3)).isEqualTo("NaN");
    }
  }
}
