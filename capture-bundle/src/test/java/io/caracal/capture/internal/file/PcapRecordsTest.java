package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.MICRO;
import static io.caracal.capture.internal.file.Captures.MODIFIED;
import static io.caracal.capture.internal.file.Captures.NANO;
import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.caracal.api.packet.SourceCounters;
import io.caracal.capture.internal.file.Reading.Packet;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapRecordsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"big, false", "big, true", "little, false", "little, true"})
  void readsBothByteOrdersAndResolutions(String name, boolean nanos) throws IOException {
    ByteOrder order = name.equals("big") ? BIG_ENDIAN : LITTLE_ENDIAN;
    byte[] file =
        Captures.in(order)
            .fileHeader(nanos ? NANO : MICRO, 113)
            .packet(SECOND, 123_456, frame(1))
            .packet(4_000_000_000L, 999_999, frame(2))
            .bytes();
    long scale = nanos ? 1 : 1000;
    Reading reading = Reading.of(directory, file);
    assertThat(reading.packets())
        .containsExactly(
            Packet.of(SECOND * 1_000_000_000 + 123_456 * scale, 113, frame(1)),
            Packet.of(4_000_000_000L * 1_000_000_000 + 999_999 * scale, 113, frame(2)));
    assertThat(reading.notices()).isEmpty();
  }

  @Test
  void readsModifiedRecords() throws IOException {
    byte[] file =
        Captures.in(LITTLE_ENDIAN)
            .fileHeader(MODIFIED, 1)
            .modifiedPacket(SECOND, 5, frame(1))
            .modifiedPacket(SECOND, 6, frame(2))
            .bytes();
    assertThat(Reading.of(directory, file).packets())
        .containsExactly(
            Packet.of(SECOND * 1_000_000_000 + 5000, 1, frame(1)),
            Packet.of(SECOND * 1_000_000_000 + 6000, 1, frame(2)));
  }

  @Test
  void theLinkTypeLosesItsFlags() throws IOException {
    byte[] file =
        Captures.in(BIG_ENDIAN).fileHeader(MICRO, 0x54000001).packet(1, 1, frame(1)).bytes();
    assertThat(Reading.of(directory, file).packets().getFirst().linkType()).isEqualTo(1);
  }

  @Test
  void countsWhatWasOnTheWire() throws IOException {
    byte[] file =
        Captures.in(LITTLE_ENDIAN)
            .fileHeader(MICRO, 1)
            .packet(SECOND, 1, frame(1), 1500)
            .packet(SECOND, 2, frame(2))
            .bytes();
    Reading reading = Reading.of(directory, file);
    assertThat(reading.packets().getFirst().wireLength()).isEqualTo(1500);
    assertThat(reading.counters())
        .isEqualTo(new SourceCounters(2, 1500 + frame(2).length, 0, 0, 1, 0));
  }

  @Test
  void lessOnTheWireThanWasCapturedIsNotBelieved() throws IOException {
    byte[] file = Captures.in(LITTLE_ENDIAN).fileHeader(MICRO, 1).packet(1, 1, frame(9), 0).bytes();
    assertThat(Reading.of(directory, file).packets().getFirst().wireLength())
        .isEqualTo(frame(9).length);
  }

  @Test
  void aCaptureWithoutPacketsSaysSo() throws IOException {
    Reading reading =
        Reading.of(directory, Captures.in(LITTLE_ENDIAN).fileHeader(MICRO, 1).bytes());
    assertThat(reading.packets()).isEmpty();
    assertThat(reading.notices())
        .isEqualTo(List.of(directory.resolve("capture") + " holds no packets."));
  }

  @Test
  void anImpossibleLengthEndsTheCapture() throws IOException {
    byte[] file =
        Captures.in(LITTLE_ENDIAN)
            .fileHeader(MICRO, 1)
            .packet(SECOND, 1, frame(1))
            .int32(1)
            .int32(1)
            .int32(-1)
            .int32(-1)
            .packet(SECOND, 2, frame(2))
            .bytes();
    Reading reading = Reading.of(directory, file);
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.notices())
        .containsExactly(
            "%s holds a packet of impossible length (4294967295 bytes) at byte %d;"
                    .formatted(directory.resolve("capture"), 24 + 16 + frame(1).length)
                + " packets read before that: 1.");
  }

  @ParameterizedTest
  @CsvSource({"0x1c0001ac, 1", "0x1c0001ab, 1000"})
  void readsLcap(int magic, int unitNanos) throws IOException {
    byte[] file =
        Captures.in(BIG_ENDIAN)
            .fileHeader(magic, 1)
            .int32(2 * 16 + frame(1).length + frame(2).length)
            .packet(SECOND, 5, frame(1))
            .packet(SECOND, 6, frame(2))
            .bytes();
    assertThat(Reading.of(directory, file).packets())
        .containsExactly(
            Packet.of(SECOND * 1_000_000_000 + 5L * unitNanos, 1, frame(1)),
            Packet.of(SECOND * 1_000_000_000 + 6L * unitNanos, 1, frame(2)));
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "2, 2", "2, 3", "543, 0"})
  void olderVersionsPutTheLengthOnTheWireFirst(int major, int minor) throws IOException {
    byte[] cut = Arrays.copyOf(frame(100), 60);
    byte[] file =
        Captures.in(LITTLE_ENDIAN)
            .fileHeader(MICRO, major, minor, 1)
            .int32((int) SECOND)
            .int32(1)
            .int32(frame(100).length)
            .int32(cut.length)
            .raw(cut)
            .packet(SECOND, 2, frame(2))
            .bytes();
    assertThat(Reading.of(directory, file).packets())
        .containsExactly(
            new Packet(
                SECOND * 1_000_000_000 + 1000, 1, frame(100).length, HexFormat.of().formatHex(cut)),
            Packet.of(SECOND * 1_000_000_000 + 2000, 1, frame(2)));
  }

  @ParameterizedTest
  @CsvSource({"6, 1", "9, 6", "15, 10", "24, 0"})
  void aixCountsNanosecondsAndHasItsOwnLinkTypes(int interfaceType, int linkType)
      throws IOException {
    byte[] file =
        Captures.in(BIG_ENDIAN)
            .fileHeader(MICRO, 2, 2, interfaceType)
            .packet(SECOND, 7, frame(1))
            .bytes();
    assertThat(Reading.of(directory, file).packets())
        .containsExactly(Packet.of(SECOND * 1_000_000_000 + 7, linkType, frame(1)));
  }

  @Test
  void anUnknownVersionIsRefused() throws IOException {
    byte[] file = Captures.in(BIG_ENDIAN).fileHeader(MICRO, 1, 9, 1).bytes();
    assertThatIOException()
        .isThrownBy(() -> Reading.of(directory, file))
        .withMessageContaining("version 1.9");
  }
}
