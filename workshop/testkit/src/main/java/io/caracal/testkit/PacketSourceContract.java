package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every source of capture files must keep. Extend it and say which source and capture. */
public abstract class PacketSourceContract {
  private static final int LIMIT = 2;

  /** The source to test. */
  protected abstract PacketSource source() throws Exception;

  /** A request for a capture of more than two packets that the source supports. */
  protected abstract SourceRequest capture() throws Exception;

  @Test
  protected void supportsWhatItIsGiven() throws Exception {
    assertThat(source().supports(capture())).isTrue();
    assertThat(source().name()).isNotBlank();
  }

  @Test
  protected void deliversAtMostTheLimit() throws Exception {
    try (PacketInput input = source().open(capture())) {
      List<Integer> lengths = new ArrayList<>();
      int delivered = input.poll(frame -> lengths.add(frame.capturedLength), LIMIT, 0);
      assertThat(delivered).isEqualTo(LIMIT).isEqualTo(lengths.size());
    }
  }

  @Test
  protected void countsWhatItDeliversAndEndsForGood() throws Exception {
    try (PacketInput input = source().open(capture())) {
      long[] bytes = new long[1];
      long packets = 0;
      int delivered;
      while ((delivered = input.poll(frame -> bytes[0] += checked(frame), LIMIT, 0))
          != PacketInput.END) {
        packets += delivered;
      }
      assertThat(packets).isGreaterThan(LIMIT);
      assertThat(input.counters().packets()).isEqualTo(packets);
      assertThat(input.counters().bytes()).isEqualTo(bytes[0]);
      assertThat(input.poll(frame -> bytes[0]++, LIMIT, 0)).isEqualTo(PacketInput.END);
    }
  }

  @Test
  protected void whatIsNotThereIsNamed() throws Exception {
    SourceRequest missing = SourceRequest.file("no-such-capture.pcap");
    PacketSource source = source();
    assertThatThrownBy(() -> source.open(missing).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-capture.pcap");
  }

  /** Each lane opens an input of its own. */
  @Test
  protected void inputsAreSeparateAndTheSameTwice() throws Exception {
    PacketSource source = source();
    SourceRequest capture = capture();
    try (PacketInput first = source.open(capture);
        PacketInput second = source.open(capture)) {
      List<String> one = frames(first);
      assertThat(one).isNotEmpty();
      assertThat(frames(second)).isEqualTo(one);
    }
  }

  @Test
  protected void nothingGrows() throws Exception {
    PacketSource source = source();
    SourceRequest capture = capture();
    Growth.assertNone(
        () -> {
          try (PacketInput input = source.open(capture)) {
            return input.poll(frame -> {}, LIMIT, 0);
          }
        });
  }

  private static List<String> frames(PacketInput input) throws IOException {
    List<String> frames = new ArrayList<>();
    while (input.poll(frame -> frames.add(text(frame)), LIMIT, 0) != PacketInput.END) {}
    return frames;
  }

  private static String text(Frame frame) {
    return frame.timeNanos + " " + frame.wireLength + " " + Arrays.toString(frame.copy());
  }

  private static int checked(Frame frame) {
    assertThat(frame.capturedLength).isBetween(0, frame.wireLength);
    assertThat(frame.copy()).hasSize(frame.capturedLength);
    return frame.wireLength;
  }
}
