package io.caracal.alert.syslog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.alert.syslog.internal.Receiver.Listen;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver had not stored when it went away comes again. */
class BrokenConnectionTest {
  private static final Listen TCP = Listen.plain("tcp", "octet-counting");
  private static final int BATCH = 20;

  @TempDir private Path folder;

  private static List<SensorEvent> batch(int number) {
    return IntStream.range(0, BATCH)
        .<SensorEvent>mapToObj(i -> numbered("alert-" + (number * BATCH + i)))
        .toList();
  }

  private static AlertEvent numbered(String id) {
    AlertEvent alert = SampleEvents.alert();
    return new AlertEvent(
        alert.timeNanos(),
        id,
        alert.revision(),
        alert.state(),
        alert.severity(),
        alert.confidence(),
        alert.firstNanos(),
        alert.lastNanos(),
        alert.attacker(),
        alert.attackers(),
        alert.attackerCount(),
        alert.victims(),
        alert.victimCount(),
        alert.ports(),
        alert.portCount(),
        alert.flows(),
        alert.classes(),
        alert.folded(),
        alert.strongest(),
        alert.drivers());
  }

  /** As the host does: a batch that fails comes again, first of all. */
  private static void insist(SyslogSink sink, List<SensorEvent> events) throws Exception {
    for (int tries = 0; ; tries++) {
      try {
        sink.deliver(events);
        return;
      } catch (IOException e) {
        if (tries == 400) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  private static Set<String> stored(Receiver receiver) throws IOException {
    Set<String> ids = new TreeSet<>();
    receiver
        .received()
        .forEach(
            message ->
                ids.add(message.path("msg").asText().replaceAll(".*\\^alertId=([^^]+).*", "$1")));
    return ids;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsyslog", "syslog-ng"})
  void aReceiverThatIsKilledGetsTheRestWhenItIsBack(String daemon) throws Exception {
    try (Receiver receiver = Receiver.of(daemon, folder, TCP)) {
      SyslogSink sink =
          new SyslogSink(ReceiversTest.settings(receiver, TCP, "leef"), ReceiversTest.FORMATS);
      for (int number = 0; number < 12; number++) {
        if (number % 4 == 2) {
          sink.deliver(batch(number)); // the last that the receiver may have read and not stored
          receiver.kill();
          receiver.start();
        } else {
          insist(sink, batch(number));
        }
      }
      sink.close();
      receiver.await(12 * BATCH);
      assertThat(stored(receiver)).hasSize(12 * BATCH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsyslog", "syslog-ng"})
  void aReceiverThatIsStoppedGetsEverythingLater(String daemon) throws Exception {
    try (Receiver receiver = Receiver.of(daemon, folder, TCP)) {
      SyslogSink sink =
          new SyslogSink(ReceiversTest.settings(receiver, TCP, "leef"), ReceiversTest.FORMATS);
      sink.deliver(batch(0));
      receiver.stop();
      assertThatThrownBy(() -> sink.deliver(batch(1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the syslog receiver localhost:" + receiver.port);
      receiver.start();
      insist(sink, batch(1));
      sink.close();
      receiver.await(2 * BATCH);
      assertThat(stored(receiver)).hasSize(2 * BATCH);
    }
  }
}
