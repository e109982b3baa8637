package io.caracal.core.internal.alert;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from the lane to the sinks on a thread of its own. The queue between them is
 * bounded; when it is full the lane waits ({@code block}, for captures) or the newest event is
 * dropped and counted ({@code drop-newest}, for live traffic, where waiting would lose packets). A
 * sink that fails is tried again a few times with growing pauses; what it then still refuses is
 * counted as lost for this sink.
 */
public final class SinkDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkDispatcher.class);
  private static final int BATCH = 1024;
  private static final int TRIES = 5;

  private final BlockingQueue<SensorEvent> queue;
  private final boolean block;
  private final List<AlertSink> sinks;
  private final Map<String, LongAdder> delivered = new LinkedHashMap<>();
  private final Map<String, LongAdder> retried = new LinkedHashMap<>();
  private final Map<String, LongAdder> lost = new LinkedHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;
  private volatile boolean stopping;

  /** Starts carrying. */
  public SinkDispatcher(List<AlertSink> sinks, int capacity, boolean block) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.block = block;
    this.sinks = List.copyOf(sinks);
    for (AlertSink sink : sinks) {
      delivered.put(sink.name(), new LongAdder());
      retried.put(sink.name(), new LongAdder());
      lost.put(sink.name(), new LongAdder());
    }
    this.thread = Thread.ofPlatform().name("caracal-sinks").start(this::carry);
  }

  /** Queues an event that some sink wants. */
  public void accept(SensorEvent event) {
    if (!wanted(event)) {
      return;
    }
    if (!block) {
      if (!queue.offer(event)) {
        dropped.increment();
      }
      return;
    }
    try {
      queue.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      dropped.increment();
    }
  }

  private boolean wanted(SensorEvent event) {
    for (AlertSink sink : sinks) {
      if (sink.wants(event.getClass())) {
        return true;
      }
    }
    return false;
  }

  private void carry() {
    List<SensorEvent> events = new ArrayList<>(BATCH);
    try {
      while (!stopping || !queue.isEmpty()) {
        SensorEvent first = queue.poll(50, TimeUnit.MILLISECONDS);
        if (first != null) {
          events.add(first);
          queue.drainTo(events, BATCH - 1);
          deliver(events);
          events.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(List<SensorEvent> events) throws InterruptedException {
    for (AlertSink sink : sinks) {
      List<SensorEvent> wanted =
          events.stream().filter(event -> sink.wants(event.getClass())).toList();
      if (!wanted.isEmpty()) {
        deliver(sink, wanted);
      }
    }
  }

  private void deliver(AlertSink sink, List<SensorEvent> events) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        sink.deliver(events);
        delivered.get(sink.name()).add(events.size());
        return;
      } catch (Exception e) {
        if (attempt == TRIES) {
          lost.get(sink.name()).add(events.size());
          LOG.error(
              "sink {} refused {} events {} times and lost them: {}",
              sink.name(),
              events.size(),
              TRIES,
              e.toString());
          return;
        }
        retried.get(sink.name()).increment();
        TimeUnit.MILLISECONDS.sleep(50L << attempt);
      }
    }
  }

  /** Counters under {@code sinks.} and {@code events.}. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("events.queued", queue.size());
    counters.put("events.dropped", dropped.sum());
    for (AlertSink sink : sinks) {
      String prefix = "sinks." + sink.name() + ".";
      counters.put(prefix + "delivered", delivered.get(sink.name()).sum());
      counters.put(prefix + "retried", retried.get(sink.name()).sum());
      counters.put(prefix + "lost", lost.get(sink.name()).sum());
    }
    return counters;
  }

  /** Delivers what is queued and closes the sinks. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
