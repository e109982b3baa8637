package io.caracal.alert.journal.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Work that is done whole or not at all. It takes the write lock when it begins, so that it waits
 * for other processes there and nowhere else; the driver's own transactions would hold it from one
 * commit to the next.
 */
@FunctionalInterface
interface Transaction {
  void run() throws SQLException;

  /** Runs it on a connection in the driver's automatic mode. */
  static void commit(Connection connection, Transaction work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        work.run();
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        rollback(statement, e);
        throw e;
      }
    }
  }

  private static void rollback(Statement statement, Exception cause) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // SQLite has rolled back already, as it does when the disk is full
    }
  }
}
