package io.caracal.core.internal.sink;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it takes, after having done what the test wants. */
final class ListSink implements AlertSink {
  /** What happens before a delivery is taken. */
  @FunctionalInterface
  interface Before {
    void deliver(List<SensorEvent> events) throws Exception;
  }

  private final String name;
  private final List<String> taken = new ArrayList<>();
  private volatile Before before;

  ListSink(String name, Before before) {
    this.name = name;
    this.before = before;
  }

  ListSink(String name) {
    this(name, events -> {});
  }

  void before(Before next) {
    before = next;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return true;
  }

  @Override
  public void deliver(List<SensorEvent> events) throws Exception {
    before.deliver(events);
    synchronized (taken) {
      events.forEach(event -> taken.add(label(event)));
      taken.notifyAll();
    }
  }

  /** The id of an alert's state, or the time of another event. */
  static String label(SensorEvent event) {
    return switch (event) {
      case AlertEvent alert -> alert.eventId();
      case StatsEvent stats -> "stats-" + stats.timeNanos();
      default -> event.getClass().getSimpleName();
    };
  }

  List<String> taken() {
    synchronized (taken) {
      return List.copyOf(taken);
    }
  }

  /** Waits until so many were taken. */
  List<String> await(int count) throws InterruptedException {
    synchronized (taken) {
      while (taken.size() < count) {
        taken.wait();
      }
      return List.copyOf(taken);
    }
  }
}
