package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.AlertJournal.Entry;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.SinkHealth;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the journal's only writer says to the database. */
final class Tables implements AutoCloseable {
  private static final String LEFT_OPEN = "the run before ended without closing it";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Connection connection;
  private final PreparedStatement insert;

  Tables(Connection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepareStatement(
            "INSERT INTO event (sequence, time, journalled, body, type, alert, revision, state,"
                + " class, severity, attacker, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?)");
  }

  void commit(Transaction work) throws SQLException {
    Transaction.commit(connection, work);
  }

  /** Forgets earlier replays; one line for each sink that had not got everything. */
  List<String> clear() throws SQLException {
    List<String> lines =
        texts(
            "SELECT count(*) || ' events that the sink ' || name || ' had not got are removed'"
                + " FROM sink JOIN event ON sequence > cursor GROUP BY name");
    for (String table : List.of("event", "aside", "sink", "run")) {
      update("DELETE FROM " + table);
    }
    return lines;
  }

  void begin(AlertJournal.Mode mode) throws SQLException {
    update(
        "INSERT INTO run (process, mode, started) VALUES (?, ?, ?)",
        ProcessHandle.current().pid(),
        mode.name().toLowerCase(Locale.ROOT),
        System.currentTimeMillis());
  }

  /** The last number in use; of events that are gone the cursors know. */
  long last() throws SQLException {
    return number(
        "SELECT max(coalesce((SELECT max(sequence) FROM event), 0),"
            + " coalesce((SELECT max(cursor) FROM sink), 0))");
  }

  /** Whether the last run has no end in the journal. */
  boolean cutOff() throws SQLException {
    return number("SELECT count(*) FROM run WHERE ended IS NULL") > 0;
  }

  boolean sound() throws SQLException {
    return texts("PRAGMA quick_check(1)").equals(List.of("ok"));
  }

  void end() throws SQLException {
    update("UPDATE run SET ended = ? WHERE ended IS NULL", System.currentTimeMillis());
  }

  /** Closes the alerts that an earlier run left open, numbered on from a number; counts them. */
  int closeLeftOpen(long from) throws SQLException {
    List<String> bodies =
        texts(
            "SELECT body FROM event WHERE sequence IN (SELECT max(sequence) FROM event WHERE"
                + " alert IS NOT NULL GROUP BY alert) AND state <> 'closed' ORDER BY sequence");
    long sequence = from;
    for (String body : bodies) {
      AlertEvent closed = EventJson.closed(body, System.currentTimeMillis() * NANOS_PER_MILLI);
      add(new Entry(++sequence, closed), LEFT_OPEN);
    }
    insert.executeBatch();
    return bodies.size();
  }

  void insert(List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      add(entry, "");
    }
    insert.executeBatch();
  }

  private void add(Entry entry, String reason) throws SQLException {
    switch (entry.event()) {
      case AlertEvent alert ->
          add(
              entry,
              "alert",
              alert.id(),
              alert.revision(),
              alert.state().name().toLowerCase(Locale.ROOT),
              alert.attackClass().name(),
              alert.severity().number(),
              alert.attacker(),
              reason);
      case DriftEvent drift ->
          add(entry, "drift", null, null, drift.state().key(), null, null, null, reason);
      default ->
          throw new IllegalArgumentException("the journal takes alerts and drift events only");
    }
  }

  private void add(Entry entry, @Nullable Object... columns) throws SQLException {
    insert.setLong(1, entry.sequence());
    insert.setLong(2, entry.event().timeNanos());
    insert.setLong(3, System.currentTimeMillis());
    insert.setString(4, EventJson.write(entry.event()));
    for (int i = 0; i < columns.length; i++) {
      insert.setObject(5 + i, columns[i]);
    }
    insert.addBatch();
  }

  void note(List<SinkHealth> healths) throws SQLException {
    for (SinkHealth health : healths) {
      update(
          "INSERT INTO sink (name, cursor, state, since, error, delivered, retried, left_out,"
              + " aside) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET cursor"
              + " = max(cursor, excluded.cursor), state = excluded.state, since = excluded.since,"
              + " error = excluded.error, delivered = excluded.delivered, retried ="
              + " excluded.retried, left_out = excluded.left_out, aside = excluded.aside",
          health.sink(),
          health.cursor(),
          health.state().key(),
          health.sinceMillis(),
          health.error(),
          health.delivered(),
          health.retried(),
          health.leftOut(),
          health.aside());
    }
  }

  void setAside(List<Group.Aside> asides) throws SQLException {
    for (Group.Aside aside : asides) {
      update(
          "INSERT OR REPLACE INTO aside SELECT ?, sequence, ?, ?, body FROM event WHERE sequence ="
              + " ?",
          aside.sink(),
          aside.reason(),
          System.currentTimeMillis(),
          aside.sequence());
    }
  }

  /** Gives room that is free in the file back to the disk. */
  void giveBack() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA incremental_vacuum");
    }
  }

  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  long number(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  List<String> texts(String sql, Object... values) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
