package io.caracal.alert.journal.internal;

import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.alert.ExclusionStore.Sample;
import io.caracal.api.alert.ExclusionStore.Sampled;
import io.caracal.api.flow.FlowIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Some detections of each alert. */
record SampleTable(Connection connection) {
  boolean keep(List<Sample> samples, Map<String, Long> left) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PreparedStatement more =
            connection.prepareStatement(
                "INSERT INTO unsampled VALUES (?, ?)"
                    + " ON CONFLICT (alert) DO UPDATE SET flows = flows + excluded.flows")) {
      for (Sample sample : samples) {
        FlowIdentity who = sample.identity();
        insert.setString(1, sample.alert());
        insert.setLong(2, sample.timeNanos());
        insert.setString(3, sample.attackClass());
        insert.setString(4, sample.detector());
        insert.setBoolean(5, who.ipv6());
        insert.setLong(6, who.sourceHigh());
        insert.setLong(7, who.sourceLow());
        insert.setInt(8, who.sourcePort());
        insert.setLong(9, who.destinationHigh());
        insert.setLong(10, who.destinationLow());
        insert.setInt(11, who.destinationPort());
        insert.setInt(12, who.protocol());
        insert.setInt(13, who.vlan());
        insert.addBatch();
      }
      insert.executeBatch();
      for (Map.Entry<String, Long> alert : left.entrySet()) {
        more.setString(1, alert.getKey());
        more.setLong(2, alert.getValue());
        more.addBatch();
      }
      more.executeBatch();
    }
    removeOldest();
    return true;
  }

  private void removeOldest() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int removed =
          statement.executeUpdate(
              "DELETE FROM sample WHERE rowid <= (SELECT max(rowid) FROM sample) - "
                  + ExclusionStore.KEPT_IN_ALL);
      if (removed > 0) {
        statement.executeUpdate(
            "DELETE FROM unsampled WHERE alert NOT IN (SELECT alert FROM sample)");
      }
    }
  }

  boolean forget() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM sample");
      statement.executeUpdate("DELETE FROM unsampled");
    }
    return true;
  }

  List<Sampled> alerts(long sinceNanos) throws SQLException {
    List<Sampled> alerts = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT sample.alert, coalesce(latest.class, ''), coalesce(latest.attacker, ''),"
                + " coalesce(unsampled.flows, 0), verdict.attack"
                + " FROM sample LEFT JOIN unsampled USING (alert) LEFT JOIN verdict USING (alert)"
                + " LEFT JOIN (SELECT alert, class, attacker, max(sequence) FROM event"
                + "   WHERE alert IS NOT NULL GROUP BY alert) AS latest USING (alert)"
                + " WHERE sample.time >= ? GROUP BY sample.alert ORDER BY min(sample.time)")) {
      select.setLong(1, sinceNanos);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          boolean attack = row.getBoolean(5);
          boolean unmarked = row.wasNull();
          alerts.add(
              new Sampled(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getLong(4),
                  unmarked ? Optional.empty() : Optional.of(attack)));
        }
      }
    }
    return alerts;
  }

  boolean read(long sinceNanos, Consumer<Sample> output) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM sample WHERE time >= ? ORDER BY time")) {
      select.setLong(1, sinceNanos);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          output.accept(sample(row));
        }
      }
    }
    return true;
  }

  private static Sample sample(ResultSet row) throws SQLException {
    return new Sample(
        row.getString("alert"),
        row.getLong("time"),
        row.getString("class"),
        row.getString("detector"),
        new FlowIdentity(
            row.getBoolean("ipv6"),
            row.getLong("source_high"),
            row.getLong("source_low"),
            row.getInt("source_port"),
            row.getLong("destination_high"),
            row.getLong("destination_low"),
            row.getInt("destination_port"),
            row.getInt("protocol"),
            row.getInt("vlan"),
            false));
  }
}
