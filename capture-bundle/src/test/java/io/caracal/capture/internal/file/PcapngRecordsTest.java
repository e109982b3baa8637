package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.caracal.api.packet.SourceCounters;
import io.caracal.capture.internal.Frames;
import io.caracal.capture.internal.file.Reading.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngRecordsTest {
  private static final long NANOS = SECOND * 1_000_000_000L;

  @TempDir Path directory;

  @Test
  void sectionsHaveTheirOwnByteOrderAndInterfaces() throws IOException {
    byte[] first =
        Captures.in(LITTLE_ENDIAN)
            .section()
            .networkInterface(1, 0)
            .networkInterface(101, 9, 0)
            .enhancedPacket(1, NANOS + 1, frame(1), frame(1).length)
            .enhancedPacket(0, SECOND * 1_000_000 + 2, frame(2), frame(2).length)
            .bytes();
    byte[] second =
        Captures.in(BIG_ENDIAN)
            .section()
            .networkInterface(113, 0x80 | 10, -3600)
            .enhancedPacket(0, (SECOND << 10) + 512, frame(3), frame(3).length)
            .bytes();
    Reading reading = Reading.of(directory, Frames.join(first, second));
    assertThat(reading.packets())
        .containsExactly(
            Packet.of(NANOS + 1, 101, frame(1)),
            Packet.of(NANOS + 2000, 1, frame(2)),
            Packet.of(NANOS - 3600_000_000_000L + 500_000_000, 113, frame(3)));
    assertThat(reading.notices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void passesOverOtherBlocksAndReadsOldPackets(String name) throws IOException {
    ByteOrder order = name.equals("BIG_ENDIAN") ? BIG_ENDIAN : LITTLE_ENDIAN;
    byte[] file =
        Captures.in(order)
            .section()
            .block(4, new byte[16])
            .networkInterface(1, 0)
            .block(0x0bad, new byte[400])
            .oldPacket(0, SECOND * 1_000_000, frame(4))
            .block(5, new byte[8])
            .enhancedPacket(0, SECOND * 1_000_000 + 1, frame(7), 1500)
            .block(10, new byte[8])
            .bytes();
    Reading reading = Reading.of(directory, file);
    assertThat(reading.packets())
        .extracting(Packet::timeNanos, Packet::wireLength)
        .containsExactly(tuple(NANOS, frame(4).length), tuple(NANOS + 1000, 1500));
    assertThat(reading.counters().truncated()).isEqualTo(1);
    assertThat(reading.notices()).isEmpty();
  }

  @Test
  void simplePacketsTakeTheTimeOfThePacketBefore() throws IOException {
    byte[] kept = Arrays.copyOf(frame(100), 60);
    byte[] file =
        Captures.in(LITTLE_ENDIAN)
            .section()
            .networkInterface(1, 60)
            .enhancedPacket(0, SECOND * 1_000_000, frame(1), frame(1).length)
            .simplePacket(kept, frame(100).length)
            .bytes();
    Reading reading = Reading.of(directory, file);
    assertThat(reading.packets()).hasSize(2);
    assertThat(reading.packets().get(1).timeNanos()).isEqualTo(NANOS);
    assertThat(reading.packets().get(1).wireLength()).isEqualTo(frame(100).length);
    assertThat(reading.packets().get(1).frame()).hasSize(120);
    assertThat(reading.notices())
        .containsExactly(
            directory.resolve("capture")
                + " holds packets without a time (1), which got the last one.");
  }

  @Test
  void filesMayBeLargerThanTwoGibibytes() throws IOException {
    long hole = 3L << 30;
    Path file = directory.resolve("large");
    byte[] start =
        Captures.in(LITTLE_ENDIAN)
            .section()
            .networkInterface(1, 0)
            .int32(0x0bad)
            .int32((int) hole)
            .bytes();
    byte[] packet = Captures.in(LITTLE_ENDIAN).enhancedPacket(0, 1, frame(5), 99).bytes();
    try (FileChannel sparse =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      sparse.write(ByteBuffer.wrap(start));
      sparse.write(ByteBuffer.wrap(packet), start.length - 8 + hole);
    }
    Reading reading = Reading.of(file);
    assertThat(reading.notices()).isEmpty();
    assertThat(reading.packets())
        .containsExactly(new Packet(1000, 1, 99, HexFormat.of().formatHex(frame(5))));
  }

  @Test
  void aPacketOfNoInterfaceEndsTheCapture() throws IOException {
    byte[] file =
        Captures.in(LITTLE_ENDIAN)
            .section()
            .networkInterface(1, 0)
            .enhancedPacket(0, 1, frame(1), 1)
            .enhancedPacket(1, 1, frame(2), 1)
            .bytes();
    Reading reading = Reading.of(directory, file);
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.notices().getFirst())
        .contains("interface that it does not describe")
        .endsWith("packets read before that: 1.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 13, 14, 31, -4})
  void impossibleBlockLengthsEndTheCapture(int length) throws IOException {
    byte[] file =
        Captures.in(LITTLE_ENDIAN)
            .section()
            .networkInterface(1, 0)
            .enhancedPacket(0, 1, frame(1), frame(1).length)
            .int32(6)
            .int32(length)
            .enhancedPacket(0, 1, frame(2), frame(2).length)
            .bytes();
    Reading reading = Reading.of(directory, file);
    assertThat(reading.packets()).hasSize(1);
    assertThat(reading.notices()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void theLastStatisticsOfEachInterfaceCount(String order) throws IOException {
    byte[] section =
        Captures.in(order.equals("BIG_ENDIAN") ? BIG_ENDIAN : LITTLE_ENDIAN)
            .section()
            .networkInterface(1, 0)
            .networkInterface(1, 0)
            .statistics(0, 1, 10)
            .enhancedPacket(0, 1, frame(1), frame(1).length)
            .statistics(0, 2, 30)
            .statistics(1, 5, 700)
            .statistics(2, 9999, 9999)
            .bytes();
    assertThat(Reading.of(directory, section).counters())
        .extracting(SourceCounters::droppedByInterface, SourceCounters::droppedByKernel)
        .containsExactly(7L, 730L);
    assertThat(Reading.of(directory, Frames.join(section, section)).counters())
        .extracting(SourceCounters::droppedByInterface, SourceCounters::droppedByKernel)
        .containsExactly(14L, 1460L);
  }

  @Test
  void dropsNotedWithPacketsCountWhereThereAreNoStatistics() throws IOException {
    byte[] noted =
        Captures.in(LITTLE_ENDIAN)
            .section()
            .networkInterface(1, 0)
            .networkInterface(1, 0)
            .enhancedPacket(0, 1, frame(1), 5L)
            .enhancedPacket(1, 2, frame(2), 40L)
            .oldPacket(0, 3, frame(3), 2)
            .oldPacket(0, 4, frame(3), 0xffff)
            .enhancedPacket(0, 5, frame(4), -1L)
            .bytes();
    assertThat(Reading.of(directory, noted).counters())
        .extracting(SourceCounters::packets, SourceCounters::droppedByKernel)
        .containsExactly(5L, 47L);
    byte[] stated = Captures.in(LITTLE_ENDIAN).statistics(0, 0, 6).bytes();
    assertThat(Reading.of(directory, Frames.join(noted, stated)).counters().droppedByKernel())
        .isEqualTo(46);
  }
}
