package io.caracal.alert.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.FlowEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalLinesTest {
  private static String printed(Shown shown, boolean terminal) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    TerminalLines sink = new TerminalLines(out, shown, terminal, false);
    sink.deliver(
        List.of(
            SampleAlerts.scan(State.NEW),
            SampleAlerts.scan(State.UPDATED),
            SampleAlerts.scan(State.CLOSED)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsWhatTheSettingAsksFor() throws IOException {
    String raised = new AlertBlock(SampleAlerts.scan(State.NEW), false).text();
    String updated = new AlertBlock(SampleAlerts.scan(State.UPDATED), false).text();
    String closed = new AlertBlock(SampleAlerts.scan(State.CLOSED), false).text();
    assertThat(printed(Shown.NEW, false)).isEqualTo(raised + closed);
    assertThat(printed(Shown.ALL, false)).isEqualTo(raised + updated + closed);
    assertThat(printed(Shown.NONE, false)).isEmpty();
    assertThat(printed(Shown.NEW, true)).isEqualTo("\033[K" + raised + "\033[K" + closed);
  }

  @Test
  void wantsAlertsOnly() {
    TerminalLines sink = new TerminalLines(System.out, Shown.NEW, false, false);
    assertThat(sink.wants(AlertEvent.class)).isTrue();
    assertThat(sink.wants(FlowEvent.class)).isFalse();
  }

  @Test
  void aClosedPipeIsAFailedDelivery() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    PrintStream out = new PrintStream(broken, true, StandardCharsets.UTF_8);
    TerminalLines sink = new TerminalLines(out, Shown.NEW, false, false);
    assertThatThrownBy(() -> sink.deliver(List.of(SampleAlerts.scan(State.NEW))))
        .hasMessageContaining("standard output");
  }

  @Test
  void coloursAreForPeople() {
    assertThat(Colours.AUTO.use(true, false)).isTrue();
    assertThat(Colours.AUTO.use(false, false)).isFalse();
    assertThat(Colours.AUTO.use(true, true)).isFalse();
    assertThat(Colours.ALWAYS.use(false, true)).isTrue();
    assertThat(Colours.NEVER.use(true, false)).isFalse();
  }
}
