package io.caracal.alert.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir private Path folder;

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "nothing";
    }
  }

  @Test
  void survivesAPowerCutAndLetsReadersIn() throws SQLException {
    Path file = folder.resolve("caracal.db");
    try (Connection one = Database.open(file);
        Connection two = Database.open(file)) {
      assertThat(text(one, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(text(one, "PRAGMA synchronous")).as("FULL").isEqualTo("2");
      assertThat(text(one, "PRAGMA foreign_keys")).isEqualTo("1");
      assertThat(text(one, "PRAGMA auto_vacuum")).as("INCREMENTAL").isEqualTo("2");
      assertThat(text(one, "PRAGMA user_version")).isEqualTo("" + Database.VERSION);
      Transaction.commit(
          one,
          () -> {
            try (Statement writer = one.createStatement()) {
              writer.execute("INSERT INTO verdict VALUES ('a', 1, 'seen', 0)");
            }
            assertThat(text(two, "SELECT comment FROM verdict")).isEqualTo("nothing");
          });
      assertThat(text(two, "SELECT comment FROM verdict")).isEqualTo("seen");
    }
  }

  @Test
  void aNewerVersionIsRefused() throws SQLException {
    Path file = folder.resolve("caracal.db");
    try (Connection connection = Database.open(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> Database.open(file))
        .hasMessageContaining("version 99")
        .hasMessageContaining(file.toString());
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("caracal.db"), "x".repeat(10_000));
    assertThatThrownBy(() -> Database.open(file)).isInstanceOf(SQLException.class);
  }
}
