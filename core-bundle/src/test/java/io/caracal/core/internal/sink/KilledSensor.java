package io.caracal.core.internal.sink;

import io.caracal.alert.journal.internal.Journals;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.testkit.SampleAlerts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.osgi.framework.Version;

/**
 * A process with the real journal and the real delivery, made to be killed: it raises alerts
 * without end and prints how many of them are journalled.
 */
final class KilledSensor {
  /** Alerts of one run have numbers below the next run's. */
  static final int RUN = 1_000_000;

  private static final int BURST = 10;

  private KilledSensor() {}

  /** The alert of a number: most are over at once, one in ten is left open. */
  static AlertEvent alert(int number) {
    return SampleAlerts.alert(number, 0, number % 10 == 0 ? State.NEW : State.CLOSED);
  }

  /**
   * Arguments: folder of the journal, port of the receiver, number of the run, whether to raise.
   */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(Map.of("sinks.drain", "60", "sinks.retry-max", "0.2"));
    AlertJournal journal =
        new Journals(settings).open(Path.of(arguments[0]), AlertJournal.Mode.LIVE);
    long start = journal.committed();
    journal.listen(() -> System.out.println(journal.committed() - start));
    SinkPool pool = new SinkPool(PluginRoles.ALL, bundle -> Version.emptyVersion);
    pool.bindSink(new SocketSink(Integer.parseInt(arguments[1])), Map.of());
    Deliveries output =
        new Deliveries(journal, AlertJournal.Mode.LIVE, settings, UnaryOperator.identity(), pool);
    int number = Integer.parseInt(arguments[2]) * RUN;
    while (Boolean.parseBoolean(arguments[3])) {
      for (int i = 0; i < BURST; i++) {
        output.accept(alert(number++));
      }
      TimeUnit.MILLISECONDS.sleep(1 + number / BURST % 7);
    }
    output.close();
    output.notices().forEach(System.err::println);
  }

  /**
   * Sends ids and what the events say in short, and waits until the receiver says that it has it.
   */
  private record SocketSink(int port) implements AlertSink {
    @Override
    public String name() {
      return "socket";
    }

    @Override
    public boolean wants(Class<? extends SensorEvent> type) {
      return type == AlertEvent.class;
    }

    @Override
    public void deliver(List<SensorEvent> events) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
          Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        for (SensorEvent event : events) {
          AlertEvent alert = (AlertEvent) event;
          out.write(alert.eventId() + " " + alert.toString().hashCode() + "\n");
        }
        out.write("end\n");
        out.flush();
        if (!"taken".equals(in.readLine())) {
          throw new IOException("the receiver did not acknowledge");
        }
      }
    }
  }
}
