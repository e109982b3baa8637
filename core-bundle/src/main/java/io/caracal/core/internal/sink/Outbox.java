package io.caracal.core.internal.sink;

import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.AlertJournal.Entry;
import io.caracal.api.alert.SensorEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one sink is to be told, in the order in which it happened: events out of the journal, and
 * between them those that are offered once and wait in memory, each behind the journalled event
 * that came before it.
 */
final class Outbox {
  private final AlertJournal journal;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Item> offered = new ArrayDeque<>();
  private boolean woken;
  private long position; // of the thread that takes

  /**
   * An event and its place.
   *
   * @param event what is told
   * @param position the journalled event that it is, or that came before it
   * @param journalled whether it is out of the journal
   */
  record Item(SensorEvent event, long position, boolean journalled) {}

  Outbox(AlertJournal journal, int capacity, long position) {
    this.journal = journal;
    this.capacity = capacity;
    this.position = position;
  }

  /**
   * Offers an event that is not journalled.
   *
   * @param after the last event that the journal has taken
   * @param millis how long to wait for room
   * @return false if there is none
   */
  boolean offer(SensorEvent event, long after, long millis) {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (offered.size() >= capacity && nanos > 0) {
        nanos = room.awaitNanos(nanos);
      }
      if (offered.size() >= capacity) {
        return false;
      }
      offered.add(new Item(event, after, false));
      news.signal();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a wait for news. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there may be more, but not for long. */
  void await(long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (nanos > 0 && !woken && offered.isEmpty() && journal.committed() <= position) {
        nanos = news.awaitNanos(nanos);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what comes next, as far as it is committed.
   *
   * @param most at most so many
   * @return in order; empty if there is nothing
   */
  List<Item> take(int most) throws IOException {
    List<Item> items = new ArrayList<>();
    long until = next(items, most);
    while (items.size() < most && position < until) {
      int wanted = (int) Math.min(most - items.size(), until - position);
      List<Entry> entries = journal.after(position, wanted);
      for (Entry entry : entries) {
        if (entry.sequence() <= until) {
          items.add(new Item(entry.event(), entry.sequence(), true));
        }
      }
      // what is missing has left the journal
      position = entries.isEmpty() ? until : Math.min(until, entries.getLast().sequence());
      until = next(items, most);
    }
    return items;
  }

  /**
   * Takes what was offered up to here, and says how far the journal may be read before the next.
   */
  private long next(List<Item> items, int most) {
    lock.lock();
    try {
      long committed = journal.committed(); // before the look at what was offered
      while (items.size() < most
          && !offered.isEmpty()
          && offered.element().position() <= position) {
        items.add(offered.remove());
      }
      room.signalAll();
      return offered.isEmpty() ? committed : Math.min(committed, offered.element().position());
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was offered and says how much it was. */
  int clear() {
    lock.lock();
    try {
      int count = offered.size();
      offered.clear();
      room.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything up to an event has been taken. */
  boolean emptied(long sequence) {
    lock.lock();
    try {
      return offered.isEmpty() && position >= sequence;
    } finally {
      lock.unlock();
    }
  }
}
