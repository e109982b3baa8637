package io.caracal.core.internal.sink;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkHealth.State;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a session to the sinks: alerts and drift events go into the journal and from there to each
 * sink at least once; other events are offered to each sink once. The session waits for nobody,
 * except in a replay for sinks that work.
 */
public final class Deliveries implements EventOutput, SinkPool.User {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final AlertJournal journal;
  private final AlertJournal.Mode mode;
  private final DeliverySettings settings;
  private final SinkPool pool;
  private final Map<String, Tally> tallies = new ConcurrentSkipListMap<>();
  private final List<Delivery> active = new CopyOnWriteArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private volatile long taken;
  private volatile boolean started;

  /**
   * Begins to deliver to the sinks that are there, and to those that come later.
   *
   * @param privacy what events go through between the journal and the sinks
   */
  public Deliveries(
      AlertJournal journal,
      AlertJournal.Mode mode,
      Settings settings,
      UnaryOperator<SensorEvent> privacy,
      SinkPool pool) {
    this.journal = journal;
    this.mode = mode;
    this.settings = DeliverySettings.of(settings, privacy);
    this.pool = pool;
    taken = journal.committed();
    journal.listen(() -> active.forEach(Delivery::wake));
    pool.join(this);
    started = true;
  }

  @Override
  public void accept(SensorEvent event) {
    if (event instanceof AlertEvent || event instanceof DriftEvent) {
      taken = journal.append(event);
    } else {
      boolean block = mode == AlertJournal.Mode.REPLAY;
      active.forEach(delivery -> delivery.offer(event, taken, block));
    }
  }

  @Override
  public void enter(AlertSink sink) {
    String name = sink.name();
    Tally tally = tallies.computeIfAbsent(name, this::tally);
    tally.is(State.WORKING, "");
    journal.note(tally.health());
    Delivery delivery = new Delivery(sink, journal, tally, settings);
    active.add(delivery);
    delivery.start();
  }

  /** What a command finds configured begins with it, what comes later with what comes then. */
  private Tally tally(String name) {
    long begin = started ? taken : journal.origin();
    try {
      return new Tally(name, journal.cursor(name, begin));
    } catch (IOException e) {
      LOG.error("the sink {} may get alerts again: {}", name, e.getMessage());
      return new Tally(name, journal.origin());
    }
  }

  @Override
  public void leave(AlertSink sink) {
    List<Delivery> gone = active.stream().filter(delivery -> delivery.sink() == sink).toList();
    active.removeAll(gone);
    gone.forEach(Delivery::leave);
    for (Delivery delivery : gone) {
      delivery.tally().is(State.ABSENT, "");
      journal.note(delivery.tally().health());
    }
  }

  @Override
  public void replace(AlertSink sink, AlertSink by) {
    active.stream().filter(delivery -> delivery.sink() == sink).forEach(d -> d.use(by));
  }

  @Override
  public void release(AlertSink sink) {
    active.forEach(delivery -> delivery.awaitOutOf(sink));
  }

  @Override
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("journal.state", journal.failing() ? "failing" : "working");
    counters.putAll(journal.counters());
    tallies.values().forEach(tally -> tally.put(counters, taken));
    return counters;
  }

  @Override
  public List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public void close() {
    pool.part(this);
    active.forEach(delivery -> delivery.drain(taken));
    boolean patient = mode == AlertJournal.Mode.REPLAY;
    active.forEach(delivery -> delivery.finish(settings.drain(), patient));
    active.forEach(Delivery::leave);
    tallies.forEach(this::tell);
    journal.close();
  }

  private void tell(String name, Tally tally) {
    long pending = taken - tally.cursor();
    if (pending > 0) {
      notices.add(
          String.format(
              Locale.ROOT,
              "%,d alerts and drift events wait for the sink %s%s: %s",
              pending,
              name,
              tally.error().isEmpty() ? "" : " (" + tally.error() + ")",
              mode == AlertJournal.Mode.LIVE
                  ? "they stay in the journal, the next run delivers them"
                  : "with --out DIR they stay in DIR/caracal.db until the next replay into DIR,"
                      + " and caracal alerts export --db writes them"));
    }
    if (tally.leftOut.sum() > 0) {
      notices.add(
          String.format(
              Locale.ROOT,
              "%,d flow, anomaly and stats events did not get to the sink %s",
              tally.leftOut.sum(),
              name));
    }
    if (tally.aside.sum() > 0) {
      notices.add(
          String.format(
              Locale.ROOT,
              "%,d alerts were set aside because the sink %s can never take them; see caracal"
                  + " alerts sinks",
              tally.aside.sum(),
              name));
    }
  }
}
