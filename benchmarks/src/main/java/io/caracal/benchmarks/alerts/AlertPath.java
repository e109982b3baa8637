package io.caracal.benchmarks.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.caracal.alert.formats.internal.EveFormat;
import io.caracal.alert.journal.internal.Journals;
import io.caracal.alert.syslog.internal.SyslogSink;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertJournal.Mode;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.sink.Deliveries;
import io.caracal.core.internal.sink.SinkPool;
import io.caracal.testkit.SampleAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.sqlite.JDBC;

/**
 * Alerts per second into the journal, alone, with a sink that discards and with the syslog sink
 * over TLS, against a bare loop of inserts of the same texts in the same run; and how long one
 * takes from the alert book to the receiver when there is nothing else to do. Arguments: folder for
 * the databases, alerts, rounds.
 */
public final class AlertPath {
  private static final int GROUP = 4096;
  private static final int IDLE_ALERTS = 1000;
  private static final int IDLE_MILLIS = 20;

  private final Path folder;
  private final int alerts;
  private int runs;

  private AlertPath(Path folder, int alerts) {
    this.folder = folder;
    this.alerts = alerts;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    AlertPath path = new AlertPath(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      double bare = path.bare();
      path.show("bare inserts", bare, bare);
      path.show("journal", path.journal(new SinkPool()), bare);
      SinkPool discard = new SinkPool();
      discard.bindSink(new Discard(), Map.of());
      path.show("journal and a sink that discards", path.journal(discard), bare);
      path.show("journal and syslog over TLS", path.tls(), bare);
    }
    path.idle();
  }

  private void show(String what, double rate, double bare) {
    System.out.printf(Locale.ROOT, "%-34s %,9.0f alerts/s, ratio %.2f%n", what, rate, rate / bare);
  }

  private Path fresh() throws IOException {
    return Files.createDirectories(folder.resolve("run-" + runs++));
  }

  /** The statement of the journal with texts made before, in transactions as large. */
  private double bare() throws IOException, SQLException {
    String body = body(SampleAlerts.alert(1));
    try (Connection connection =
            JDBC.createConnection("jdbc:sqlite:" + fresh().resolve("bare.db"), new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute(
          "CREATE TABLE event (sequence INTEGER PRIMARY KEY, alert TEXT, body TEXT) STRICT");
      statement.execute("CREATE INDEX event_of_alert ON event (alert, sequence)");
      long start = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?)")) {
        for (int i = 0; i < alerts; i++) {
          if (i % GROUP == 0) {
            statement.execute(i == 0 ? "BEGIN" : "COMMIT");
            statement.execute(i == 0 ? "SELECT 1" : "BEGIN");
          }
          insert.setInt(1, i);
          insert.setString(2, "alert-" + i);
          insert.setString(3, body);
          insert.executeUpdate();
        }
      }
      statement.execute("COMMIT");
      return rate(start);
    }
  }

  private static String body(AlertEvent alert) throws JsonProcessingException {
    return new ObjectMapper().registerModule(new Jdk8Module()).writeValueAsString(alert);
  }

  private double rate(long start) {
    return alerts / ((System.nanoTime() - start) / 1e9);
  }

  private Deliveries open(SinkPool pool, Mode mode) throws IOException {
    Settings settings = Settings.of(Map.of());
    return new Deliveries(
        new Journals(settings).open(fresh(), mode), mode, settings, UnaryOperator.identity(), pool);
  }

  /** Until everything is journalled and delivered. */
  private double journal(SinkPool pool) throws IOException {
    Deliveries output = open(pool, Mode.REPLAY);
    long start = System.nanoTime();
    for (int i = 0; i < alerts; i++) {
      output.accept(SampleAlerts.alert(i));
    }
    output.close();
    return rate(start);
  }

  private double tls() throws Exception {
    LongAdder received = new LongAdder();
    try (TlsReceiver receiver = new TlsReceiver(fresh(), frame -> received.increment());
        Connected sink = new Connected(receiver)) {
      SinkPool pool = new SinkPool();
      pool.bindSink(sink.syslog(), Map.of());
      Deliveries output = open(pool, Mode.REPLAY);
      long start = System.nanoTime();
      for (int i = 0; i < alerts; i++) {
        output.accept(SampleAlerts.alert(i));
      }
      output.close();
      while (received.sum() < alerts) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return rate(start);
    }
  }

  /** From the alert book's output to the receiver's read, one alert at a time. */
  private void idle() throws Exception {
    Map<String, Long> arrived = new ConcurrentHashMap<>();
    long[] nanos = new long[IDLE_ALERTS];
    try (TlsReceiver receiver =
            new TlsReceiver(
                fresh(), frame -> arrived.put(TlsReceiver.id(frame), System.nanoTime()));
        Connected sink = new Connected(receiver)) {
      SinkPool pool = new SinkPool();
      pool.bindSink(sink.syslog(), Map.of());
      Deliveries output = open(pool, Mode.LIVE);
      for (int i = 0; i < IDLE_ALERTS; i++) {
        AlertEvent alert = SampleAlerts.alert(i);
        TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
        long start = System.nanoTime();
        output.accept(alert);
        while (!arrived.containsKey(alert.id())) {
          TimeUnit.MICROSECONDS.sleep(100);
        }
        nanos[i] = arrived.get(alert.id()) - start;
      }
      output.close();
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "idle, alert book to receiver: p50 %.1f ms, p99 %.1f ms, longest %.1f ms of %d%n",
        nanos[IDLE_ALERTS / 2] / 1e6,
        nanos[IDLE_ALERTS * 99 / 100] / 1e6,
        nanos[IDLE_ALERTS - 1] / 1e6,
        IDLE_ALERTS);
  }

  /** The sensor's syslog sink, over TLS to a receiver. */
  private record Connected(SyslogSink syslog) implements AutoCloseable {
    Connected(TlsReceiver receiver) throws IOException {
      this(
          new SyslogSink(
              Map.of(
                  "service.pid", "io.caracal.sink.syslog~set",
                  "syslog.host", "localhost",
                  "syslog.port", receiver.port(),
                  "syslog.transport", "tls",
                  "syslog.tls-ca", receiver.authority()),
              List.of(new EveFormat())));
    }

    @Override
    public void close() {
      syslog.close();
    }
  }

  /** Takes alerts and forgets them. */
  private static final class Discard implements AlertSink {
    @Override
    public String name() {
      return "discard";
    }

    @Override
    public boolean wants(Class<? extends SensorEvent> type) {
      return type == AlertEvent.class;
    }

    @Override
    public void deliver(List<SensorEvent> events) {}
  }
}
