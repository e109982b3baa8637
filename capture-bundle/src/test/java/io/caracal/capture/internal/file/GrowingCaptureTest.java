package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.MICRO;
import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.Zstd;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.Frames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowingCaptureTest {
  enum Kind {
    PCAP,
    PCAPNG,
    ZSTD,
    GZIP;

    byte[] content() {
      return switch (this) {
        case PCAP -> pcap();
        case PCAPNG ->
            Captures.in(BIG_ENDIAN)
                .section()
                .networkInterface(1, 9, 0)
                .enhancedPacket(0, 1, frame(1), 3L)
                .block(0x0bad, new byte[40])
                .simplePacket(frame(2), frame(2).length)
                .statistics(0, 0, 2)
                .oldPacket(0, 3, frame(3))
                .bytes();
        case ZSTD ->
            Frames.join(
                Zstd.compress(Arrays.copyOf(pcap(), 150)),
                Zstd.compress(Arrays.copyOfRange(pcap(), 150, pcap().length)));
        case GZIP ->
            Frames.join(
                CompressionTest.gzip(Arrays.copyOf(pcap(), 150)),
                CompressionTest.gzip(Arrays.copyOfRange(pcap(), 150, pcap().length)));
      };
    }

    private static byte[] pcap() {
      return Captures.in(LITTLE_ENDIAN)
          .fileHeader(MICRO, 1)
          .packet(SECOND, 1, frame(1))
          .packet(SECOND, 2, frame(2))
          .packet(SECOND, 3, frame(3))
          .bytes();
    }
  }

  /** Decoders count how often they are asked in vain. */
  private static final int LOOKS = 30;

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("growing");
  }

  private PacketInput follow() throws IOException {
    return new FileSource().open(SourceRequest.growing(file().toString()));
  }

  @ParameterizedTest
  @EnumSource
  void everyByteMayComeAlone(Kind kind) throws IOException {
    byte[] content = kind.content();
    Files.createFile(file());
    try (PacketInput input = follow();
        OutputStream out = Files.newOutputStream(file(), StandardOpenOption.APPEND)) {
      int packets = 0;
      for (byte next : content) {
        out.write(next);
        for (int look = 0; look < LOOKS; look++) {
          int delivered = input.poll(frame -> {}, 10, 0);
          assertThat(delivered).isNotNegative();
          packets += delivered;
        }
      }
      assertThat(packets).isEqualTo(3);
      assertThat(input.poll(frame -> {}, 10, 1)).isZero();
      assertThat(input.progress()).isNegative();
      assertThat(input.counters().packets()).isEqualTo(3);
      assertThat(input.counters().droppedByKernel()).isEqualTo(kind == Kind.PCAPNG ? 2 : 0);
      assertThat(input.notices()).isEmpty();
    }
  }

  @Test
  void whatIsNoCaptureIsRefusedAsSoonAsThatIsClear() throws IOException {
    Files.writeString(file(), "no");
    try (PacketInput input = follow()) {
      assertThat(input.poll(frame -> {}, 1, 0)).isZero();
      Files.writeString(file(), " capture", StandardOpenOption.APPEND);
      assertThatIOException()
          .isThrownBy(() -> input.poll(frame -> {}, 1, 0))
          .withMessageStartingWith(file() + " is not a pcap");
      assertThat(input.poll(frame -> {}, 1, 0)).isEqualTo(PacketInput.END);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatShrinksIsAFailure(Kind kind) throws IOException {
    Files.write(file(), kind.content());
    try (PacketInput input = follow()) {
      assertThat(input.poll(frame -> {}, 10, 0)).isEqualTo(3);
      try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
        channel.truncate(30);
      }
      assertThatIOException()
          .isThrownBy(() -> input.poll(frame -> {}, 10, 0))
          .withMessageStartingWith(file() + " became shorter while it was read");
      assertThat(input.counters().packets()).isEqualTo(3);
    }
  }

  @Test
  void aFileThatIsReplacedIsAFailure() throws IOException {
    Files.write(file(), Kind.pcap());
    try (PacketInput input = follow()) {
      Files.move(file(), directory.resolve("moved"));
      Files.write(file(), Kind.pcap());
      assertThat(input.poll(frame -> {}, 10, 0)).isEqualTo(3);
      assertThatIOException()
          .isThrownBy(() -> input.poll(frame -> {}, 10, 0))
          .withMessageContaining("was moved, removed or replaced while it was followed");
    }
  }

  @Test
  void aFileThatIsTruncatedWhileItIsReadIsAFailure() throws IOException {
    Captures large = Captures.in(LITTLE_ENDIAN).fileHeader(MICRO, 1);
    byte[] records = Arrays.copyOfRange(Kind.pcap(), 24, Kind.pcap().length);
    Files.write(file(), large.bytes());
    try (OutputStream out = Files.newOutputStream(file(), StandardOpenOption.APPEND)) {
      for (int i = 0; i < 5000; i++) {
        out.write(records);
      }
    }
    SourceRequest request = SourceRequest.file(file().toString());
    try (PacketInput input = new FileSource().open(request)) {
      assertThat(input.poll(frame -> {}, 100, 0)).isEqualTo(100);
      try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
        channel.truncate(1000);
      }
      assertThatIOException()
          .isThrownBy(
              () -> {
                while (input.poll(frame -> {}, 100, 0) != PacketInput.END) {}
              })
          .withMessageStartingWith(file() + " became shorter while it was read");
      assertThat(input.counters().packets()).isBetween(100L, 14_999L);
    }
  }
}
