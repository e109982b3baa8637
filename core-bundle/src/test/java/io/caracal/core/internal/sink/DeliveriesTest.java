package io.caracal.core.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.alert.journal.internal.Journals;
import io.caracal.api.alert.AlertArchive;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.AlertJournal.Mode;
import io.caracal.api.alert.DeliverLater;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.testkit.SampleAlerts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Delivery out of a real journal. */
@Timeout(60)
class DeliveriesTest {
  private static final Settings SETTINGS =
      Settings.of(Map.of("sinks.retry-max", "0.2", "sinks.drain", "0.5", "events.queue", "100"));

  @TempDir private Path folder;

  private final SinkPool pool = new SinkPool(PluginRoles.ALL, bundle -> Version.emptyVersion);
  private final Journals journals = new Journals(SETTINGS);

  private Deliveries open(Mode mode) throws IOException {
    AlertJournal journal = journals.open(folder, mode);
    return new Deliveries(journal, mode, SETTINGS, UnaryOperator.identity(), pool);
  }

  private static StatsEvent stats(int number) {
    return new StatsEvent(number, Map.of());
  }

  private static List<String> alerts(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "alert-" + i + "-0").toList();
  }

  private static void raise(EventOutput output, int from, int to) {
    IntStream.range(from, to).mapToObj(SampleAlerts::alert).forEach(output::accept);
  }

  private AlertArchive.Sink noted(String sink) throws IOException {
    try (AlertArchive archive = journals.archive(folder.resolve(AlertJournal.FILE))) {
      return archive.sinks().stream()
          .filter(one -> one.health().sink().equals(sink))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aReplayTellsEverythingInTheOrderInWhichItHappened() throws Exception {
    ListSink sink = new ListSink("list");
    pool.bindSink(sink, Map.of());
    List<String> told = new ArrayList<>();
    Deliveries output = open(Mode.REPLAY);
    for (int i = 0; i < 5000; i++) {
      var event = i % 7 == 0 ? SampleAlerts.alert(i) : stats(i);
      told.add(ListSink.label(event));
      output.accept(event);
    }
    output.close();
    assertThat(sink.taken()).isEqualTo(told);
    assertThat(output.notices()).isEmpty();
    assertThat(output.counters())
        .containsEntry("sinks.list.delivered", 5000L)
        .containsEntry("sinks.list.left_out", 0L)
        .containsEntry("sinks.list.pending", 0L);
  }

  @Test
  void aReceiverThatIsDownHoldsUpNobodyAndGetsItsAlertsLater() throws Exception {
    ListSink down = new ListSink("down");
    ListSink up = new ListSink("up");
    down.before(
        events -> {
          throw new IOException("connection refused");
        });
    pool.bindSink(down, Map.of());
    pool.bindSink(up, Map.of());
    Deliveries output = open(Mode.LIVE);
    raise(output, 0, 50);
    assertThat(up.await(50)).isEqualTo(alerts(0, 50));
    for (int i = 0; i < 300; i++) {
      output.accept(stats(i));
    }
    assertThat(down.taken()).isEmpty();
    assertThat(output.counters())
        .containsEntry("sinks.down.state", "retrying")
        .containsEntry("sinks.down.pending", 50L);
    assertThat((Long) output.counters().get("sinks.down.left_out")).isGreaterThanOrEqualTo(200);
    down.before(events -> {});
    assertThat(down.await(50).subList(0, 50)).isEqualTo(alerts(0, 50));
    output.close();
    assertThat(noted("down").pending()).isZero();
    assertThat(noted("down").health().error()).isEqualTo("connection refused");
  }

  @Test
  void whatIsLeftAtTheEndIsSaidAndDeliveredByTheNextRun() throws Exception {
    ListSink sink = new ListSink("siem");
    sink.before(
        events -> {
          throw new IOException("connection refused");
        });
    pool.bindSink(sink, Map.of());
    Deliveries first = open(Mode.LIVE);
    raise(first, 0, 3);
    first.close();
    assertThat(first.notices())
        .singleElement()
        .asString()
        .contains("3 alerts", "siem", "connection refused", "next run");
    sink.before(events -> {});
    Deliveries second = open(Mode.LIVE);
    raise(second, 3, 5);
    // the three that the first run left open are closed by the second
    assertThat(sink.await(8))
        .containsExactly(
            "alert-0-0",
            "alert-1-0",
            "alert-2-0",
            "alert-0-1",
            "alert-1-1",
            "alert-2-1",
            "alert-3-0",
            "alert-4-0");
    second.close();
    assertThat(second.notices()).isEmpty();
  }

  @Test
  void anEventThatASinkCanNeverTakeIsSetAside() throws Exception {
    ListSink sink = new ListSink("picky");
    sink.before(
        events -> {
          if (events.stream().anyMatch(event -> ListSink.label(event).equals("alert-13-0"))) {
            throw new IllegalArgumentException("no words for it");
          }
        });
    pool.bindSink(sink, Map.of());
    Deliveries output = open(Mode.REPLAY);
    raise(output, 0, 40);
    output.close();
    List<String> rest = new ArrayList<>(alerts(0, 40));
    rest.remove("alert-13-0");
    assertThat(sink.taken()).isEqualTo(rest);
    assertThat(output.counters()).containsEntry("sinks.picky.set_aside", 1L);
    assertThat(output.notices()).singleElement().asString().contains("1 alerts were set aside");
    assertThat(noted("picky").health().aside()).isEqualTo(1);
    assertThat(noted("picky").pending()).isZero();
  }

  @Test
  void aSinkThatCannotWorkAtTheMomentLosesNothing() throws Exception {
    AtomicInteger times = new AtomicInteger();
    ListSink sink =
        new ListSink(
            "unready",
            events -> {
              if (times.incrementAndGet() < 4) {
                throw new IllegalStateException("the format is not installed");
              }
            });
    pool.bindSink(sink, Map.of());
    Deliveries output = open(Mode.LIVE);
    raise(output, 0, 10);
    assertThat(sink.await(10)).isEqualTo(alerts(0, 10));
    output.close();
    assertThat(output.counters())
        .containsEntry("sinks.unready.set_aside", 0L)
        .containsEntry("sinks.unready.retried", 3L);
  }

  @Test
  void aSinkComesBackWhereItsNameWasAndANewNameBeginsNow() throws Exception {
    ListSink first = new ListSink("file");
    pool.bindSink(first, Map.of());
    Deliveries output = open(Mode.LIVE);
    raise(output, 0, 20);
    first.await(20);
    pool.unbindSink(first);
    raise(output, 20, 30);
    ListSink second = new ListSink("file");
    ListSink fresh = new ListSink("new");
    pool.bindSink(second, Map.of());
    pool.bindSink(fresh, Map.of());
    raise(output, 30, 40);
    assertThat(second.await(20)).isEqualTo(alerts(20, 40));
    assertThat(fresh.await(10)).isEqualTo(alerts(30, 40));
    output.close();
    assertThat(first.taken()).isEqualTo(alerts(0, 20));
  }

  @Test
  void aSinkThatHangsIsInterruptedWhenItGoes() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    ListSink hanging =
        new ListSink(
            "hanging",
            events -> {
              inside.countDown();
              new CountDownLatch(1).await();
            });
    pool.bindSink(hanging, Map.of());
    Deliveries output = open(Mode.LIVE);
    raise(output, 0, 1);
    inside.await();
    pool.unbindSink(hanging);
    ListSink back = new ListSink("hanging");
    pool.bindSink(back, Map.of());
    assertThat(back.await(1)).isEqualTo(alerts(0, 1));
    output.close();
  }

  @Test
  void aSinkThatGathersGetsTheSameAgainWithMore() throws Exception {
    ListSink digest =
        new ListSink(
            "digest",
            events -> {
              if (events.size() < 10) {
                throw new DeliverLater(Duration.ofMinutes(5));
              }
            });
    pool.bindSink(digest, Map.of());
    Deliveries output = open(Mode.LIVE);
    for (int i = 0; i < 10; i++) {
      raise(output, i, i + 1);
    }
    assertThat(digest.await(10)).isEqualTo(alerts(0, 10));
    raise(output, 10, 12);
    output.close();
    assertThat(output.counters()).containsEntry("sinks.digest.retried", 0L);
    assertThat(output.notices()).singleElement().asString().contains("2 alerts");
  }

  @Test
  void aReplayDoesNotWaitForASinkThatIsDown() throws Exception {
    ListSink down = new ListSink("down");
    down.before(
        events -> {
          throw new IOException("down");
        });
    pool.bindSink(down, Map.of());
    Deliveries output = open(Mode.REPLAY);
    raise(output, 0, 1);
    for (int i = 0; i < 1000; i++) {
      output.accept(stats(i));
    }
    output.close();
    assertThat(output.notices()).hasSize(2);
    assertThat(output.counters()).containsEntry("sinks.down.left_out", 1000L);
  }

  @Test
  void closingStatesFollowTheirAlert() throws Exception {
    ListSink sink = new ListSink("list");
    pool.bindSink(sink, Map.of());
    Deliveries output = open(Mode.LIVE);
    output.accept(SampleAlerts.alert(1));
    output.accept(SampleAlerts.alert(1, 1, AlertEvent.State.UPDATED));
    output.accept(SampleAlerts.drift(1));
    output.accept(SampleAlerts.alert(1, 2, AlertEvent.State.CLOSED));
    output.close();
    assertThat(sink.taken()).containsExactly("alert-1-0", "alert-1-1", "DriftEvent", "alert-1-2");
  }
}
