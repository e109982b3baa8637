package io.caracal.alert.journal.internal;

import io.caracal.api.alert.AlertJournal.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last events, so that a sink that keeps up costs no reading. */
final class Recent {
  private static final int SIZE = 1024;

  private final @Nullable Entry[] ring = new @Nullable Entry[SIZE];

  synchronized void add(Entry entry) {
    ring[place(entry.sequence())] = entry;
  }

  /** Those that follow a number; empty if the next one is not held. */
  synchronized List<Entry> after(long sequence, long limit) {
    List<Entry> entries = new ArrayList<>();
    for (long next = sequence + 1; entries.size() < limit; next++) {
      Entry entry = ring[place(next)];
      if (entry == null || entry.sequence() != next) {
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  private static int place(long sequence) {
    return (int) (sequence % SIZE);
  }
}
