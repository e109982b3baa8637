package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertJournal.Entry;
import io.caracal.api.alert.SensorEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads committed events, on a connection of its own. */
final class Reader implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement select;

  Reader(Connection connection) throws SQLException {
    this.connection = connection;
    select =
        connection.prepareStatement(
            "SELECT sequence, type, body FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?");
  }

  List<Entry> after(long sequence, int limit) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    select.setLong(1, sequence);
    select.setInt(2, limit);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(new Entry(rows.getLong(1), event(rows.getString(2), rows.getString(3))));
      }
    }
    return entries;
  }

  long cursor(String sink, long otherwise) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT cursor FROM sink WHERE name = ?")) {
      statement.setString(1, sink);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : otherwise;
      }
    }
  }

  private static SensorEvent event(String type, String body) {
    return type.equals("alert") ? EventJson.alert(body) : EventJson.drift(body);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
