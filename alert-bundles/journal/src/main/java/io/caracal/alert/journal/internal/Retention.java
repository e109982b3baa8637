package io.caracal.alert.journal.internal;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the oldest events, once they are older than the journal shall remember or it is larger
 * than it may be, in small transactions. What a known sink has not got by then is counted for it.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int CHUNK = 10_000;

  private final Tables tables;
  private final JournalSettings settings;
  private long removed;

  Retention(Tables tables, JournalSettings settings) {
    this.tables = tables;
    this.settings = settings;
  }

  /** Events removed so far. */
  long removed() {
    return removed;
  }

  void apply(long nowMillis) throws SQLException {
    while (removeUntil(expired(nowMillis))) {}
    while (tooLarge() && removeUntil(oldest() + share())) {}
  }

  private long oldest() throws SQLException {
    return tables.number("SELECT coalesce(min(sequence), 0) FROM event");
  }

  /** A twentieth of what is there. */
  private long share() throws SQLException {
    return tables.number("SELECT count(*) / 20 FROM event");
  }

  /** The last event of those that are too old: all before the first that is not. */
  private long expired(long nowMillis) throws SQLException {
    Duration age = settings.retention();
    return tables.number(
            "SELECT coalesce((SELECT sequence FROM event WHERE journalled >= ? ORDER BY sequence"
                + " LIMIT 1), (SELECT max(sequence) + 1 FROM event), 0)",
            nowMillis - age.toMillis())
        - 1;
  }

  private boolean tooLarge() throws SQLException {
    long pages =
        tables.number(
            "SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count");
    return pages * tables.number("PRAGMA page_size") > settings.maxBytes();
  }

  /** Removes a part of what is up to an event; false if there was nothing. */
  private boolean removeUntil(long last) throws SQLException {
    long first = oldest();
    if (first == 0 || last < first) {
      return false;
    }
    long until = Math.min(last, first + CHUNK - 1);
    tables.commit(
        () -> {
          tell(first, until);
          tables.update(
              "UPDATE sink SET expired = expired + (SELECT count(*) FROM event WHERE sequence >"
                  + " sink.cursor AND sequence <= ?1), cursor = ?1 WHERE cursor < ?1",
              until);
          removed += tables.update("DELETE FROM event WHERE sequence <= ?", until);
        });
    tables.giveBack();
    return true;
  }

  private void tell(long first, long until) throws SQLException {
    for (String sink : tables.texts("SELECT name FROM sink WHERE cursor < ?", until)) {
      LOG.warn(
          "events {} to {} leave the journal before the sink {} got them all, because of"
              + " journal.retention or journal.max-bytes; see caracal alerts sinks",
          first,
          until,
          sink);
    }
  }
}
