package io.caracal.alert.journal.internal;

import io.caracal.api.alert.Exclusion;
import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.alert.ExclusionScope.Direction;
import io.caracal.api.alert.ExclusionScope.Ports;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.flow.AddressBlock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The exclusions in the database. */
final class ExclusionTable implements ExclusionStore {
  private final Connection connection;
  private final SampleTable samples;

  ExclusionTable(Connection connection) {
    this.connection = connection;
    this.samples = new SampleTable(connection);
  }

  /** Something done to the database. */
  interface Work<T> {
    T run() throws SQLException;
  }

  private static <T> T reading(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (SQLException e) {
      throw new IOException("the database of alerts cannot be used: " + e.getMessage(), e);
    }
  }

  /** Does all of it or nothing. */
  private <T> T writing(Work<T> work) throws IOException {
    return reading(
        () -> {
          connection.setAutoCommit(false);
          try {
            T result = work.run();
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  @Override
  public long add(Exclusion exclusion) throws IOException {
    ExclusionScope scope = exclusion.scope();
    return writing(
        () -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO exclusion (detector, class, source, destination, ports, direction,"
                      + " vlan, comment, author, created, expires)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id")) {
            insert.setString(1, scope.detector());
            insert.setString(2, scope.attackClass());
            insert.setString(3, scope.source().map(AddressBlock::toString).orElse(""));
            insert.setString(4, scope.destination().map(AddressBlock::toString).orElse(""));
            insert.setString(5, scope.ports().map(Ports::toString).orElse(""));
            insert.setString(6, scope.direction().map(Direction::name).orElse(""));
            insert.setObject(7, scope.vlan().isPresent() ? scope.vlan().getAsInt() : null);
            insert.setString(8, exclusion.comment());
            insert.setString(9, exclusion.author());
            insert.setLong(10, exclusion.createdMillis());
            OptionalLong expires = exclusion.expiresMillis();
            insert.setObject(11, expires.isPresent() ? expires.getAsLong() : null);
            try (ResultSet row = insert.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  @Override
  public boolean remove(long id) throws IOException {
    return writing(
        () -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM exclusion WHERE id = ?")) {
            delete.setLong(1, id);
            return delete.executeUpdate() > 0;
          }
        });
  }

  @Override
  public List<Exclusion> all() throws IOException {
    return reading(
        () -> {
          List<Exclusion> exclusions = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT * FROM exclusion ORDER BY id");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              exclusions.add(exclusion(row));
            }
          }
          return exclusions;
        });
  }

  private static Exclusion exclusion(ResultSet row) throws SQLException {
    OptionalLong vlan = number(row, "vlan");
    return new Exclusion(
        row.getLong("id"),
        new ExclusionScope(
            row.getString("detector"),
            row.getString("class"),
            given(row, "source", AddressBlock::of),
            given(row, "destination", AddressBlock::of),
            given(row, "ports", Ports::of),
            given(row, "direction", Direction::valueOf),
            vlan.isPresent() ? OptionalInt.of((int) vlan.getAsLong()) : OptionalInt.empty()),
        row.getString("comment"),
        row.getString("author"),
        row.getLong("created"),
        number(row, "expires"),
        row.getLong("hits"),
        number(row, "last_hit"));
  }

  private static <T> Optional<T> given(ResultSet row, String column, Function<String, T> reader)
      throws SQLException {
    String text = row.getString(column);
    return text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    @Nullable Object value = row.getObject(column);
    return value == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(column));
  }

  @Override
  public long version() throws IOException {
    return reading(
        () -> {
          try (PreparedStatement select = connection.prepareStatement("PRAGMA data_version");
              ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Override
  public void count(Map<Long, Hits> hits) throws IOException {
    writing(
        () -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE exclusion SET hits = hits + ?, last_hit = ? WHERE id = ?")) {
            for (Map.Entry<Long, Hits> hit : hits.entrySet()) {
              update.setLong(1, hit.getValue().flows());
              update.setLong(2, hit.getValue().lastMillis());
              update.setLong(3, hit.getKey());
              update.addBatch();
            }
            update.executeBatch();
          }
          return true;
        });
  }

  @Override
  public void keep(List<Sample> kept, Map<String, Long> left) throws IOException {
    writing(() -> samples.keep(kept, left));
  }

  @Override
  public void forget() throws IOException {
    writing(samples::forget);
  }

  @Override
  public List<Sampled> alerts(long sinceNanos) throws IOException {
    return reading(() -> samples.alerts(sinceNanos));
  }

  @Override
  public void samples(long sinceNanos, Consumer<Sample> output) throws IOException {
    reading(() -> samples.read(sinceNanos, output));
  }

  @Override
  public void close() throws IOException {
    reading(
        () -> {
          connection.close();
          return true;
        });
  }
}
