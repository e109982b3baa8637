package io.caracal.alert.journal.internal;

import io.caracal.api.plugin.Settings;
import java.time.Duration;

/**
 * How the journal is kept.
 *
 * @param queue events that wait in memory for a commit
 * @param retention events are removed when they are older
 * @param maxBytes and from this size on, the oldest first
 */
record JournalSettings(int queue, Duration retention, long maxBytes) {
  private static final double DAY_SECONDS = 86_400;

  static JournalSettings of(Settings settings) {
    double days = settings.number("journal.retention", 90);
    return new JournalSettings(
        settings.integer("journal.queue", 65_536),
        Duration.ofSeconds((long) (days * DAY_SECONDS)),
        (long) settings.number("journal.max-bytes", 1e9));
  }
}
