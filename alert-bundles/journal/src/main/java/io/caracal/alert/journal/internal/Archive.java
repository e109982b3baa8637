package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertArchive;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.SinkHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The journal's database as people read it. */
final class Archive implements AlertArchive {
  private static final String STATES =
      "SELECT sequence, journalled, body, e.reason, attack, comment, at FROM event e LEFT JOIN"
          + " verdict USING (alert) WHERE type = 'alert'";
  private static final long NANOS = 1_000_000_000;

  private final Path file;
  private final Connection connection;

  /** What a query does with its result. */
  @FunctionalInterface
  private interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  Archive(Path file) throws IOException {
    this.file = file;
    try {
      connection = Database.open(file);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private IOException failure(SQLException e) {
    return new IOException(
        "the journal " + file + " cannot be used: " + e.getMessage() + "; see docs/alerts.md", e);
  }

  @Override
  public void list(Query query, Consumer<Listed> output) throws IOException {
    StringBuilder sql = new StringBuilder(STATES);
    List<Object> values = new ArrayList<>();
    sql.append(" AND sequence = (SELECT max(sequence) FROM event WHERE alert = e.alert)");
    query
        .since()
        .ifPresent(
            since -> {
              sql.append(" AND e.body ->> 'lastNanos' >= ?");
              values.add(nanos(since));
            });
    query
        .attackClass()
        .ifPresent(
            name -> {
              sql.append(" AND class = ?");
              values.add(name);
            });
    query
        .severity()
        .ifPresent(
            severity -> {
              sql.append(" AND severity = ?");
              values.add(severity.number());
            });
    if (query.open()) {
      sql.append(" AND state <> 'closed'");
    }
    sql.append(" ORDER BY (SELECT min(sequence) FROM event WHERE alert = e.alert)");
    select(
        sql.toString(),
        values,
        rows -> {
          while (rows.next()) {
            Listed listed = new Listed(state(rows), verdict(rows));
            if (query.host().filter(host -> !concerns(listed, host)).isEmpty()) {
              output.accept(listed);
            }
          }
          return rows;
        });
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * NANOS + time.getNano();
  }

  private static boolean concerns(Listed listed, String host) {
    var alert = listed.latest().event();
    var ends = alert.strongest().identity();
    return alert.attacker().equals(host)
        || alert.victims().contains(host)
        || ends.source().equals(host)
        || ends.destination().equals(host);
  }

  private static State state(ResultSet row) throws SQLException {
    return new State(
        row.getLong(1), row.getLong(2), EventJson.alert(row.getString(3)), row.getString(4));
  }

  private static Optional<Verdict> verdict(ResultSet row) throws SQLException {
    String comment = row.getString("comment");
    return comment == null
        ? Optional.empty()
        : Optional.of(new Verdict(row.getBoolean("attack"), comment, row.getLong("at")));
  }

  @Override
  public void export(Query query, Consumer<AlertEvent> output) throws IOException {
    Set<String> wanted = new HashSet<>();
    list(query, listed -> wanted.add(listed.latest().event().id()));
    select(
        STATES + " ORDER BY sequence",
        List.of(),
        rows -> {
          while (rows.next()) {
            AlertEvent alert = state(rows).event();
            if (wanted.contains(alert.id())) {
              output.accept(alert);
            }
          }
          return rows;
        });
  }

  @Override
  public List<String> ids(String prefix) throws IOException {
    return select(
        "SELECT DISTINCT alert FROM event WHERE alert >= ? AND alert < ? ORDER BY alert LIMIT 10",
        List.of(prefix, prefix + '\uffff'),
        rows -> {
          List<String> ids = new ArrayList<>();
          while (rows.next()) {
            ids.add(rows.getString(1));
          }
          return ids;
        });
  }

  @Override
  public List<State> history(String id) throws IOException {
    return select(
        STATES + " AND e.alert = ? ORDER BY sequence",
        List.of(id),
        rows -> {
          List<State> states = new ArrayList<>();
          while (rows.next()) {
            states.add(state(rows));
          }
          return states;
        });
  }

  @Override
  public Optional<Verdict> verdict(String id) throws IOException {
    return select(
        "SELECT * FROM verdict WHERE alert = ?",
        List.of(id),
        rows -> rows.next() ? verdict(rows) : Optional.empty());
  }

  @Override
  public void mark(String id, boolean attack, String comment) throws IOException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)")) {
      statement.setString(1, id);
      statement.setBoolean(2, attack);
      statement.setString(3, comment);
      statement.setLong(4, System.currentTimeMillis());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public List<Sink> sinks() throws IOException {
    boolean running =
        select(
            "SELECT process FROM run WHERE ended IS NULL ORDER BY id DESC",
            List.of(),
            rows ->
                rows.next()
                    && ProcessHandle.of(rows.getLong(1))
                        .filter(ProcessHandle::isAlive)
                        .isPresent());
    return select(
        "SELECT *, (SELECT count(*) FROM event WHERE sequence > cursor) AS pending FROM sink ORDER"
            + " BY name",
        List.of(),
        rows -> {
          List<Sink> sinks = new ArrayList<>();
          while (rows.next()) {
            sinks.add(
                new Sink(health(rows, running), rows.getLong("pending"), rows.getLong("expired")));
          }
          return sinks;
        });
  }

  private static SinkHealth health(ResultSet row, boolean running) throws SQLException {
    return new SinkHealth(
        row.getString("name"),
        running
            ? SinkHealth.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT))
            : SinkHealth.State.ABSENT,
        row.getLong("since"),
        row.getString("error"),
        row.getLong("cursor"),
        row.getLong("delivered"),
        row.getLong("retried"),
        row.getLong("left_out"),
        row.getLong("aside"));
  }

  private <T> T select(String sql, List<?> values, Rows<T> read) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        return read.read(rows);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
