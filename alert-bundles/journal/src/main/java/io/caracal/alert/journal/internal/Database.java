package io.caracal.alert.journal.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * Opens the database: SQLite with a write-ahead log, so that readers and one writer do not wait for
 * each other, and with a flush to the disk at every commit. Several processes may have it open; who
 * finds it locked waits for {@link #BUSY_MILLIS}. {@code user_version} counts the files {@code
 * schema/N.sql} that were applied, each in a transaction of its own.
 */
final class Database {
  /** Files of the schema. */
  static final int VERSION = 2;

  private static final int BUSY_MILLIS = 10_000;

  private Database() {}

  /**
   * Opens the database, creates it or brings it up to date.
   *
   * @throws SQLException if it is damaged, of a newer version, or cannot be read or written
   */
  static Connection open(Path file) throws SQLException {
    Connection connection = connect(file);
    try (Statement statement = connection.createStatement()) {
      if (version(statement) == 0) {
        statement.execute("PRAGMA auto_vacuum = INCREMENTAL"); // has an effect before any table
      }
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA foreign_keys = ON");
      migrate(statement, file);
      return connection;
    } catch (SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    Properties properties = config.toProperties();
    return JDBC.createConnection(JDBC.PREFIX + file.toAbsolutePath(), properties);
  }

  private static void migrate(Statement statement, Path file) throws SQLException {
    int version = version(statement);
    if (version > VERSION) {
      throw new SQLException(
          "the database "
              + file
              + " is of version "
              + version
              + ", this sensor knows up to "
              + VERSION
              + "; use the newer Caracal that wrote it");
    }
    while (version < VERSION) {
      Transaction.commit(
          statement.getConnection(),
          () -> {
            int now = version(statement) + 1; // another process may have been faster
            if (now <= VERSION) {
              statement.executeUpdate(script(now));
              statement.execute("PRAGMA user_version = " + now);
            }
          });
      version = version(statement);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String script(int version) {
    try (InputStream in = Database.class.getResourceAsStream("schema/" + version + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the database another name, with what SQLite keeps beside it; nobody has it open. */
  static void rename(Path file, Path to) throws IOException {
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      Path part = Path.of(file + suffix);
      if (Files.exists(part)) {
        Files.move(part, Path.of(to + suffix));
      }
    }
  }
}
