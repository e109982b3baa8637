package io.caracal.alert.journal.internal;

import io.caracal.alert.journal.internal.Group.Aside;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: whoever has an event leaves it in a bounded queue, and one thread writes all that
 * waits there in one transaction. While the database cannot be written, events wait and the thread
 * tries again.
 */
final class Journal implements AlertJournal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int GROUP = 4096;
  private static final long IDLE_MILLIS = 1000;
  private static final long NOTES_MILLIS = 100;
  private static final long RETRY_MILLIS = 500;

  private final Path file;
  private final Mode mode;
  private final int capacity;
  private final FolderLock held;
  private final Store store;
  private final Recent recent = new Recent();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Entry> queue = new ArrayDeque<>();
  private final Map<String, SinkHealth> notes = new LinkedHashMap<>();
  private final List<Aside> asides = new ArrayList<>();
  private long taken;
  private long written;
  private long failures;
  private long lost;
  private boolean closing;
  private volatile long committed;
  private volatile boolean failing;

  /**
   * Takes the journal of a folder.
   *
   * @throws IOException with a sentence for the operator
   */
  @SuppressWarnings("resource") // closed with this
  Journal(Path folder, Mode mode, JournalSettings settings) throws IOException {
    this.file = folder.resolve(FILE);
    this.mode = mode;
    this.capacity = settings.queue();
    held = FolderLock.take(folder);
    try {
      store = new Store(file, settings, mode);
    } catch (IOException e) {
      held.close();
      throw e;
    }
    committed = store.last();
    taken = committed;
    thread = Thread.ofPlatform().name("caracal-journal").start(this::carry);
  }

  @Override
  public long append(SensorEvent event) {
    lock.lock();
    try {
      while (mode == Mode.REPLAY && queue.size() >= capacity && !failing && !closing) {
        room.awaitUninterruptibly();
      }
      if (queue.size() >= capacity || closing) {
        lost++;
        return taken;
      }
      queue.add(new Entry(++taken, event));
      work.signal();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void carry() {
    for (Group group = gather(); ; group = gather()) {
      boolean last = closing();
      if (group.isEmpty() && last) {
        break;
      }
      try {
        if (!group.isEmpty()) {
          store.write(group);
          written(group);
        }
        store.keep();
      } catch (SQLException | RuntimeException e) {
        failed(e);
        if (last) {
          break;
        }
      }
    }
  }

  /** Waits for something to write and copies it. */
  private Group gather() {
    lock.lock();
    try {
      if (failing) {
        pause(RETRY_MILLIS, () -> false);
      } else {
        pause(IDLE_MILLIS, () -> !(queue.isEmpty() && notes.isEmpty() && asides.isEmpty()));
        pause(NOTES_MILLIS, () -> !queue.isEmpty()); // cursors do not cost a flush each
      }
      return new Group(
          queue.stream().limit(GROUP).toList(), List.copyOf(notes.values()), List.copyOf(asides));
    } finally {
      lock.unlock();
    }
  }

  private void pause(long millis, BooleanSupplier enough) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    while (nanos > 0 && !closing && !enough.getAsBoolean()) {
      try {
        nanos = work.awaitNanos(nanos);
      } catch (InterruptedException e) {
        LOG.debug("nobody interrupts this thread", e);
      }
    }
  }

  private void written(Group group) {
    group.entries().forEach(recent::add);
    lock.lock();
    try {
      group.entries().forEach(entry -> queue.remove());
      group.notes().forEach(note -> notes.remove(note.sink(), note));
      asides.subList(0, group.asides().size()).clear();
      written += group.entries().size();
      committed = store.last();
      if (failing) {
        failing = false;
        LOG.info("the journal {} is written again", file);
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  private void failed(Exception cause) {
    lock.lock();
    try {
      failures++;
      if (!failing) {
        failing = true;
        LOG.error(
            "the journal {} cannot be written: {}; alerts wait in memory, up to {} of them: make"
                + " room on its disk or make it writable, nothing else need be done",
            file,
            cause.getMessage(),
            capacity);
        LOG.debug("the journal cannot be written", cause);
      }
      room.signalAll(); // a replay does not wait for a full disk
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  private boolean closing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long origin() {
    return store.origin();
  }

  @Override
  public long committed() {
    return committed;
  }

  @Override
  public boolean failing() {
    return failing;
  }

  @Override
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public List<Entry> after(long sequence, int limit) throws IOException {
    List<Entry> entries = recent.after(sequence, Math.min(limit, committed - sequence));
    try {
      return entries.isEmpty() ? store.after(sequence, limit) : entries;
    } catch (SQLException | RuntimeException e) {
      throw new IOException("the journal " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public long cursor(String sink, long otherwise) throws IOException {
    try {
      return store.cursor(sink, otherwise);
    } catch (SQLException e) {
      throw new IOException("the journal " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void note(SinkHealth health) {
    lock.lock();
    try {
      notes.put(health.sink(), health);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void setAside(String sink, long sequence, String reason) {
    lock.lock();
    try {
      asides.add(new Aside(sink, sequence, reason));
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<String, Object> counters() {
    lock.lock();
    try {
      Map<String, Object> counters = new LinkedHashMap<>();
      counters.put("journal.written", written);
      counters.put("journal.waiting", queue.size());
      counters.put("journal.failures", failures);
      counters.put("journal.lost", lost);
      counters.put("journal.removed", store.removed());
      return counters;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    try (held;
        store) {
      store.end();
    } catch (SQLException | IOException e) {
      failed(e);
    }
    if (!queue.isEmpty()) {
      lost += queue.size();
      LOG.error("{} alerts are lost: the journal {} could not be written", queue.size(), file);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
