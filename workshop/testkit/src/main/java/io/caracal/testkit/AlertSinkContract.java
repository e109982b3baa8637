package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every sink must keep. Extend it, open a sink with an empty destination and say what has
 * arrived there.
 */
public abstract class AlertSinkContract {
  private static final List<Class<? extends SensorEvent>> TYPES =
      List.of(
          FlowEvent.class,
          AnomalyEvent.class,
          AlertEvent.class,
          DriftEvent.class,
          StatsEvent.class);
  private static final int MANY = 20;

  /** Opens the sink; called once a test. */
  protected abstract AlertSink open() throws Exception;

  /** Ends the sink as its bundle does when it is deactivated. */
  protected abstract void close() throws Exception;

  /**
   * What has arrived at the destination since it was opened, in the order in which it came: one
   * text for each event, free of what differs from run to run.
   */
  protected abstract List<String> received() throws Exception;

  @Test
  protected void nameAndWishesAreStable() throws Exception {
    AlertSink sink = open();
    try {
      assertThat(sink.name()).matches("[A-Za-z0-9._-]+");
      assertThat(sink.name()).isEqualTo(sink.name());
      assertThat(TYPES).as("types of events that it wants").anyMatch(sink::wants);
      for (Class<? extends SensorEvent> type : TYPES) {
        assertThat(sink.wants(type)).isEqualTo(sink.wants(type));
      }
    } finally {
      close();
    }
  }

  /** What {@code deliver} has returned from is delivered, without waiting for the end. */
  @Test
  protected void everyEventHasArrivedWhenDeliverReturns() throws Exception {
    AlertSink sink = open();
    try {
      List<SensorEvent> events = wanted(sink);
      for (int i = 0; i < events.size(); i++) {
        sink.deliver(events.subList(i, i + 1));
        assertThat(received()).as("after event %d, %s", i, events.get(i)).hasSize(i + 1);
      }
    } finally {
      close();
    }
  }

  @Test
  protected void eventsArriveTogetherAsOneByOne() throws Exception {
    AlertSink sink = open();
    List<String> received;
    try {
      List<SensorEvent> events = wanted(sink);
      sink.deliver(events);
      int together = received().size();
      assertThat(together).isEqualTo(events.size());
      for (SensorEvent event : events) {
        sink.deliver(List.of(event));
      }
      received = received();
    } finally {
      close();
    }
    int half = received.size() / 2;
    assertThat(received.subList(half, received.size())).isEqualTo(received.subList(0, half));
  }

  @Test
  protected void nothingGrows() throws Exception {
    AlertSink sink = open();
    try {
      List<SensorEvent> event = wanted(sink).subList(0, 1);
      Growth.assertNone(
          () -> {
            sink.deliver(event);
            return sink;
          });
    } finally {
      close();
    }
  }

  private static List<SensorEvent> wanted(AlertSink sink) {
    List<SensorEvent> events = new ArrayList<>(SampleEvents.oneOfEach());
    for (int i = 0; i < MANY; i++) {
      events.add(SampleAlerts.alert(i));
    }
    events.removeIf(event -> !sink.wants(event.getClass()));
    return events;
  }
}
