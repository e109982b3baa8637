package io.caracal.core.internal.sink;

import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.DeliverLater;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkHealth.State;
import io.caracal.core.internal.sink.Outbox.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events to the sink of one name, on a thread of its own, for as long as there is one. When
 * another version takes over, it gets everything from the next batch on. What the sink does not
 * take is offered again until it does. Only an event that it can never take is set aside: one that
 * makes it throw what is neither about its receiver nor about its own state, when delivered alone.
 */
final class Delivery implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final int BATCH = 1024;
  private static final int HELD = 65_536;
  private static final long IDLE_MILLIS = 200;
  private static final long GRACE_MILLIS = 1000;
  private static final long LEAVING_MILLIS = 5000;

  private volatile AlertSink sink;
  private volatile @Nullable AlertSink inside;
  private final AlertJournal journal;
  private final Tally tally;
  private final Outbox outbox;
  private final Backoff backoff;
  private final UnaryOperator<SensorEvent> privacy;
  private final Thread thread;
  private int gathered;
  private long gatherUntil;
  private volatile boolean leaving;
  private volatile long drainUntil = Long.MAX_VALUE;

  Delivery(AlertSink sink, AlertJournal journal, Tally tally, DeliverySettings settings) {
    this.sink = sink;
    this.journal = journal;
    this.tally = tally;
    this.outbox = new Outbox(journal, settings.queue(), tally.cursor());
    this.backoff = new Backoff(settings.longestPause());
    this.privacy = settings.privacy();
    this.thread = Thread.ofPlatform().name("caracal-sink-" + sink.name()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  AlertSink sink() {
    return sink;
  }

  Tally tally() {
    return tally;
  }

  /** Offers an event that is not journalled; where there is no room it is left out and counted. */
  void offer(SensorEvent event, long after, boolean block) {
    if (!sink.wants(event.getClass())) {
      return;
    }
    boolean taken = outbox.offer(event, after, 0);
    while (!taken && block && !leaving && tally.state() == State.WORKING && !journal.failing()) {
      taken = outbox.offer(event, after, IDLE_MILLIS);
    }
    if (!taken) {
      tally.leftOut.increment();
    }
  }

  void wake() {
    outbox.wake();
  }

  /** Another sink takes over with the next batch. */
  void use(AlertSink other) {
    sink = other;
    LOG.info("another version of the sink {} takes over", other.name());
    outbox.wake();
  }

  /** Returns when a sink that was replaced is not being called any more, unless it hangs. */
  void awaitOutOf(AlertSink gone) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEAVING_MILLIS);
    long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    while (inside == gone && System.nanoTime() - deadline < 0) {
      if (System.nanoTime() - patience > 0) {
        thread.interrupt();
        patience = deadline;
      }
      LockSupport.parkNanos(100_000);
    }
    if (inside == gone) {
      LOG.error("the sink {} does not return from a delivery; it is left to itself", gone.name());
    }
  }

  @Override
  public void run() {
    List<Item> held = new ArrayList<>();
    try {
      while (!leaving && !(outbox.emptied(drainUntil) && gathered == held.size())) {
        held.addAll(take(held.size()));
        if (held.isEmpty() || (held.size() == gathered && System.nanoTime() - gatherUntil < 0)) {
          outbox.await(IDLE_MILLIS);
        } else {
          held = deliver(held);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the sink {} goes", sink.name(), e);
    }
    held.stream().filter(item -> !item.journalled()).forEach(item -> tally.leftOut.increment());
    tally.leftOut.add(outbox.clear());
  }

  private List<Item> take(int held) throws InterruptedException {
    try {
      return outbox.take(Math.min(BATCH, HELD - held));
    } catch (IOException e) {
      retry(e);
      return List.of();
    }
  }

  /** Delivers until it is done; returns what the sink wants again, with more. */
  private List<Item> deliver(List<Item> items) throws InterruptedException {
    gathered = 0;
    List<Item> wanted = items.stream().filter(item -> sink.wants(item.event().getClass())).toList();
    while (!wanted.isEmpty()) {
      try {
        call(wanted.stream().map(Item::event).map(privacy).toList());
        tally.delivered.add(wanted.size());
        works();
        break;
      } catch (InterruptedException e) {
        throw e;
      } catch (DeliverLater e) {
        works();
        gathered = items.size();
        gatherUntil = System.nanoTime() + e.longest().toNanos();
        return new ArrayList<>(items);
      } catch (Exception | LinkageError e) {
        if (!aboutEvents(e)) {
          retry(e);
        } else if (wanted.size() == 1) {
          setAside(wanted.getFirst(), e);
          break;
        } else {
          return halve(items);
        }
      }
    }
    reached(items);
    return new ArrayList<>();
  }

  private void call(List<SensorEvent> events) throws Exception {
    AlertSink now;
    do {
      now = sink;
      inside = now;
    } while (now != sink); // so that awaitOutOf sees who is inside, or this sees who took over
    try {
      now.deliver(events);
    } catch (InterruptedException e) {
      if (leaving || now == sink) {
        throw e;
      }
      call(events); // it hung and was told to give up: the one that took over has them
    } finally {
      inside = null;
    }
  }

  /** Whether an exception is about what was to be delivered, not about the receiver or the sink. */
  private static boolean aboutEvents(Throwable e) {
    return e instanceof RuntimeException && !(e instanceof IllegalStateException);
  }

  private List<Item> halve(List<Item> items) throws InterruptedException {
    int middle = items.size() / 2;
    List<Item> again = deliver(items.subList(0, middle));
    again.addAll(deliver(items.subList(middle, items.size())));
    return again;
  }

  private void setAside(Item item, Throwable e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    LOG.error("the sink {} can never take an event, it is set aside: {}", sink.name(), reason, e);
    if (item.journalled()) {
      journal.setAside(sink.name(), item.position(), reason);
      tally.aside.increment();
    } else {
      tally.leftOut.increment();
    }
  }

  private void reached(List<Item> items) {
    if (!items.isEmpty() && items.getLast().position() > tally.cursor()) {
      tally.cursor(items.getLast().position());
      journal.note(tally.health());
    }
  }

  private void works() {
    backoff.reset();
    if (tally.is(State.WORKING, "")) {
      LOG.info("the sink {} works again", sink.name());
      journal.note(tally.health());
    }
  }

  private void retry(Throwable e) throws InterruptedException {
    if (leaving) {
      throw new InterruptedException();
    }
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    tally.retried.increment();
    if (tally.is(State.RETRYING, reason)) {
      LOG.warn(
          "the sink {} does not work: {}; it is tried again until it does, alerts stay in the"
              + " journal",
          sink.name(),
          reason);
      LOG.debug("the sink {} does not work", sink.name(), e);
    }
    journal.note(tally.health());
    TimeUnit.MILLISECONDS.sleep(backoff.next());
  }

  /** Lets the thread end when everything up to an event is delivered. */
  void drain(long sequence) {
    drainUntil = sequence;
    outbox.wake();
  }

  /**
   * Waits for that.
   *
   * @param patience how long
   * @param patient whether that begins anew as long as there is progress
   */
  void finish(Duration patience, boolean patient) {
    long before = tally.delivered.sum();
    long deadline = System.nanoTime() + patience.toNanos();
    while (thread.isAlive() && System.nanoTime() - deadline < 0) {
      join(IDLE_MILLIS);
      if (patient && tally.delivered.sum() > before) {
        before = tally.delivered.sum();
        deadline = System.nanoTime() + patience.toNanos();
      }
    }
  }

  /** Ends the thread: once this returns, the sink is not called again unless it hangs. */
  void leave() {
    leaving = true;
    outbox.wake();
    join(GRACE_MILLIS);
    thread.interrupt();
    join(LEAVING_MILLIS);
    if (thread.isAlive()) {
      LOG.error("the sink {} does not return from a delivery; it is left to itself", sink.name());
    }
    journal.note(tally.health());
  }

  private void join(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
