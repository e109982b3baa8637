package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every format of events must keep. Extend it and say which format. */
public abstract class EventFormatContract {
  private static final int SINKS = 3;

  /** The format to test. */
  protected abstract EventFormat format() throws Exception;

  @Test
  protected void nameAndMediaTypeAreWordsForSettingsAndReceivers() throws Exception {
    assertThat(format().name()).matches("[a-z][a-z0-9-]*");
    assertThat(format().mediaType()).matches("[a-z]+/[a-z0-9.+-]+(; ?[a-z]+=[A-Za-z0-9-]+)*");
  }

  /** Texts that a packet could carry into an event end no line. */
  @Test
  protected void anEventIsOneLineOfUtf8() throws Exception {
    for (SensorEvent event : covered()) {
      String line = text(format().write(event));
      assertThat(line).as("%s", event).isNotBlank();
      assertThat(line.chars().anyMatch(c -> c < ' ' && c != '\t'))
          .as("controls: %s", line)
          .isFalse();
    }
  }

  @Test
  protected void theSameEventIsTheSameLineForEverySink() throws Exception {
    EventFormat format = format();
    List<SensorEvent> events = covered();
    List<String> expected = lines(format, events);
    List<Future<List<String>>> results = new ArrayList<>();
    try (ExecutorService sinks = Executors.newFixedThreadPool(SINKS)) {
      Callable<List<String>> sink = () -> lines(format, events);
      for (int i = 0; i < SINKS * SINKS; i++) {
        results.add(sinks.submit(sink));
      }
    }
    for (Future<List<String>> result : results) {
      assertThat(result.get()).isEqualTo(expected);
    }
  }

  @Test
  protected void whatIsNotCoveredIsRefused() throws Exception {
    EventFormat format = format();
    for (SensorEvent event : SampleEvents.oneOfEach()) {
      if (!format.covers(event.getClass())) {
        assertThatThrownBy(() -> format.write(event)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  protected void nothingGrows() throws Exception {
    EventFormat format = format();
    SensorEvent event = covered().getFirst();
    Growth.assertNone(() -> format.write(event));
  }

  private List<SensorEvent> covered() throws Exception {
    List<SensorEvent> events = new ArrayList<>(SampleEvents.oneOfEach());
    events.add(SampleEvents.alert("a\r\nb\u0000c\u001b[2Jd\"e|f=g\\h", 1, Severity.HIGH));
    EventFormat format = format();
    events.removeIf(event -> !format.covers(event.getClass()));
    assertThat(events).as("events that %s covers", format.name()).isNotEmpty();
    return events;
  }

  private static List<String> lines(EventFormat format, List<SensorEvent> events) {
    return events.stream()
        .map(event -> new String(format.write(event), StandardCharsets.UTF_8))
        .toList();
  }

  private static String text(byte[] line) throws Exception {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
  }
}
