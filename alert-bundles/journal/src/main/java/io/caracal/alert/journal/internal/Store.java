package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertJournal.Entry;
import io.caracal.api.alert.AlertJournal.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database of one run: a connection that writes and one that reads. A damaged file is kept
 * under another name, and a new one begun with the numbers going on.
 */
final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Path file;
  private final JournalSettings settings;
  private final Mode mode;
  private Tables tables;
  private Reader reader;
  private Retention retention;
  private long kept = System.nanoTime();
  private long origin;
  private long last;

  /**
   * Opens the database and begins a run.
   *
   * @throws IOException with a sentence for the operator
   */
  Store(Path file, JournalSettings settings, Mode mode) throws IOException {
    this.file = file;
    this.settings = settings;
    this.mode = mode;
    try {
      try {
        open();
        if (mode == Mode.LIVE && tables.cutOff() && !tables.sound()) {
          replace(new SQLException("it does not agree with itself"));
        }
      } catch (SQLException e) {
        if (!damaged(e)) {
          throw e;
        }
        replace(e);
      }
      begin();
    } catch (SQLException e) {
      throw new IOException(
          "the journal " + file + " cannot be opened: " + e.getMessage() + "; see docs/alerts.md",
          e);
    }
  }

  private void open() throws SQLException {
    tables = new Tables(Database.open(file));
    reader = new Reader(Database.open(file));
    retention = new Retention(tables, settings);
  }

  private void begin() throws SQLException {
    tables.commit(
        () -> {
          if (mode == Mode.REPLAY) {
            tables.clear().forEach(line -> LOG.warn("{} begins anew: {}", file, line));
          }
          tables.begin(mode);
          origin = Math.max(last, tables.last());
          last = origin + tables.closeLeftOpen(origin);
        });
    if (last > origin) {
      LOG.info("closed {} alerts that the run before left open", last - origin);
    }
  }

  private static boolean damaged(SQLException e) {
    return e instanceof SQLiteException known
        && (known.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
            || known.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB);
  }

  private void replace(SQLException cause) throws SQLException {
    String time =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    Path aside = Path.of(file + ".damaged-" + time);
    close();
    try {
      Database.rename(file, aside);
    } catch (IOException e) {
      throw new SQLException("it is damaged and cannot be put aside as " + aside, e);
    }
    LOG.error(
        "the journal {} is damaged ({}): it is kept as {} and a new one begins; what sinks had not"
            + " got is in the old one, see docs/alerts.md for how to repair it",
        file,
        cause.getMessage(),
        aside);
    open();
  }

  /** The last event before this run. */
  long origin() {
    return origin;
  }

  /** The last event that is durable. */
  long last() {
    return last;
  }

  /** Commits a group; where the database turns out to be damaged, to a new one. */
  void write(Group group) throws SQLException {
    try {
      commit(group);
    } catch (SQLException e) {
      if (!damaged(e)) {
        throw e;
      }
      replace(e);
      tables.commit(() -> tables.begin(mode));
      commit(group);
    }
    if (!group.entries().isEmpty()) {
      last = group.entries().getLast().sequence();
    }
  }

  private void commit(Group group) throws SQLException {
    tables.commit(
        () -> {
          tables.insert(group.entries());
          tables.note(group.notes());
          tables.setAside(group.asides());
        });
  }

  /** Applies the retention, once a minute. */
  void keep() throws SQLException {
    if (System.nanoTime() - kept >= KEEP_NANOS) {
      kept = System.nanoTime();
      retention.apply(System.currentTimeMillis());
    }
  }

  long removed() {
    return retention.removed();
  }

  synchronized List<Entry> after(long sequence, int limit) throws SQLException {
    return reader.after(sequence, limit);
  }

  synchronized long cursor(String sink, long otherwise) throws SQLException {
    return reader.cursor(sink, otherwise);
  }

  void end() throws SQLException {
    tables.commit(tables::end);
  }

  @Override
  public synchronized void close() throws SQLException {
    try (Reader first = reader;
        Tables second = tables) {
      LOG.debug("closing {} of {} and {}", file, first, second);
    }
  }
}
