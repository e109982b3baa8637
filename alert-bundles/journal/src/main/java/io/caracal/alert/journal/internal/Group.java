package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertJournal.Entry;
import io.caracal.api.alert.SinkHealth;
import java.util.List;

/**
 * What is written in one transaction.
 *
 * @param entries new events, in order
 * @param notes how sinks are
 * @param asides events set aside
 */
record Group(List<Entry> entries, List<SinkHealth> notes, List<Aside> asides) {
  /** An event that a sink can never take. */
  record Aside(String sink, long sequence, String reason) {}

  boolean isEmpty() {
    return entries.isEmpty() && notes.isEmpty() && asides.isEmpty();
  }
}
