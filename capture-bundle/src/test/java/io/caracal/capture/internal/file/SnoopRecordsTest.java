package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.caracal.capture.internal.file.Reading.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnoopRecordsTest {
  private static final long NANOS = SECOND * 1_000_000_000L;

  @TempDir Path directory;

  private final ByteBuffer out = ByteBuffer.allocate(4096);

  private SnoopRecordsTest header(int version, int datalink) {
    out.put("snoop\0\0\0".getBytes(StandardCharsets.US_ASCII)).putInt(version).putInt(datalink);
    return this;
  }

  private SnoopRecordsTest packet(
      int micros, byte[] frame, int wireLength, int padding, int drops) {
    out.putInt(wireLength).putInt(frame.length).putInt(24 + frame.length + padding).putInt(drops);
    out.putInt((int) SECOND).putInt(micros).put(frame).put(new byte[padding]);
    return this;
  }

  private byte[] bytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4, 1", "2, 6", "8, 10"})
  void readsPackets(int datalink, int linkType) throws IOException {
    header(2, datalink).packet(5, frame(1), frame(1).length, 3, 0).packet(6, frame(2), 1500, 0, 4);
    Reading reading = Reading.of(directory, bytes());
    assertThat(reading.packets().getFirst()).isEqualTo(Packet.of(NANOS + 5000, linkType, frame(1)));
    assertThat(reading.packets().get(1).timeNanos()).isEqualTo(NANOS + 6000);
    assertThat(reading.packets().get(1).wireLength()).isEqualTo(1500);
    assertThat(reading.counters().truncated()).isEqualTo(1);
    assertThat(reading.counters().droppedByKernel()).isEqualTo(4);
    assertThat(reading.notices()).isEmpty();
  }

  @Test
  void cutAnywhereIsReadUpToTheCut() throws IOException {
    byte[] whole = header(2, 4).packet(1, frame(1), 99, 2, 0).packet(2, frame(2), 99, 1, 0).bytes();
    int first = 16 + 24 + frame(1).length;
    for (int length = 16; length < whole.length - 1; length++) {
      Reading reading = Reading.of(directory, Arrays.copyOf(whole, length));
      assertThat(reading.packets()).hasSize(length < first ? 0 : 1);
      boolean saysSo = reading.notices().stream().anyMatch(notice -> notice.contains(" cut off "));
      boolean between = length == 16 || (length >= first && length <= first + 2);
      assertThat(saysSo || between).as("cut at %d", length).isTrue();
    }
  }

  @Test
  void aPacketLongerThanItsRecordEndsTheCapture() throws IOException {
    header(2, 4).packet(1, frame(1), 99, 0, 0).packet(2, frame(2), 99, 0, 0);
    out.putInt(out.position() - frame(2).length - 16, 23 + frame(2).length);
    Reading reading = Reading.of(directory, bytes());
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.notices().getFirst()).contains("a packet that is longer than its record");
  }

  @ParameterizedTest
  @CsvSource({"3, 4, version 2", "2, 18, datalink type 18"})
  void otherVersionsAndLinksAreRefused(int version, int datalink, String reason) {
    byte[] file = header(version, datalink).bytes();
    assertThatIOException()
        .isThrownBy(() -> Reading.of(directory, file))
        .withMessageContaining(reason);
  }
}
