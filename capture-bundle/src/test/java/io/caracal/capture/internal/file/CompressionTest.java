package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.MICRO;
import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.caracal.capture.internal.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
  enum Packer {
    GZIP,
    ZSTD;

    byte[] pack(byte[] bytes) {
      return this == GZIP ? gzip(bytes) : Zstd.compress(bytes);
    }
  }

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void packedCapturesReadAsPlainOnes(Packer packer) throws IOException {
    byte[] plain = capture(40);
    Reading packed = Reading.of(directory, packer.pack(plain));
    assertThat(packed).isEqualTo(Reading.of(directory, plain));
    assertThat(packed.packets()).hasSize(40);
    assertThat(packed.notices()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void concatenatedMembersAreOneCapture(Packer packer) throws IOException {
    byte[] plain = capture(40);
    byte[] packed =
        Frames.join(
            packer.pack(Arrays.copyOf(plain, 1000)),
            packer.pack(Arrays.copyOfRange(plain, 1000, plain.length)));
    assertThat(Reading.of(directory, packed)).isEqualTo(Reading.of(directory, plain));
  }

  @ParameterizedTest
  @EnumSource
  void recordsLongerThanAnyBufferAreRead(Packer packer) throws IOException {
    byte[] large = new byte[10 << 20];
    new Random(1).nextBytes(large);
    ByteBuffer plain = ByteBuffer.allocate(3 * large.length + 500).order(ByteOrder.LITTLE_ENDIAN);
    plain.put(Captures.in(LITTLE_ENDIAN).fileHeader(MICRO, 1).bytes());
    for (int second = 1; second <= 3; second++) {
      plain.putInt(second).putInt(0).putInt(large.length).putInt(large.length).put(large);
    }
    plain.putInt(4).putInt(0).putInt(1).putInt(1).put((byte) 0x7f);
    byte[] whole = Arrays.copyOf(plain.array(), plain.position());
    Reading reading = Reading.of(directory, packer.pack(whole));
    assertThat(reading.counters().bytes()).isEqualTo(3L * large.length + 1);
    assertThat(reading).isEqualTo(Reading.of(directory, whole));
  }

  @ParameterizedTest
  @EnumSource
  void aCutPackedFileIsReadUpToTheCut(Packer packer) throws IOException {
    byte[] plain = capture(40);
    // Two members, the second cut: what the first holds must come out.
    byte[] packed =
        Frames.join(
            packer.pack(Arrays.copyOf(plain, 1000)),
            packer.pack(Arrays.copyOfRange(plain, 1000, plain.length)));
    Reading reading = Reading.of(directory, Arrays.copyOf(packed, packed.length - 9));
    assertThat(reading.packets().size()).isBetween(10, 40);
    assertThat(reading.notices()).hasSize(1);
    assertThat(reading.notices().getFirst())
        .contains("is cut off in the middle of its compressed data")
        .endsWith("packets read before that: " + reading.packets().size() + ".");
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedPackedFileIsReadUpToTheDamage(Packer packer) throws IOException {
    byte[] plain = capture(40);
    byte[] second = packer.pack(Arrays.copyOfRange(plain, 1000, plain.length));
    Arrays.fill(second, 12, 60, (byte) 0xff);
    byte[] packed = Frames.join(packer.pack(Arrays.copyOf(plain, 1000)), second);
    Reading reading = Reading.of(directory, packed);
    assertThat(reading.packets().size()).isBetween(10, 39);
    assertThat(reading.notices()).hasSize(1);
    assertThat(reading.notices().getFirst()).contains("holds damaged compressed data (");
  }

  @Test
  void gzipHeadersMayHoldNamesAndMore() throws IOException {
    byte[] plain = capture(5);
    byte[] packed = gzip(plain);
    byte[] header = Frames.hex("1f8b08 1e 00000000 00 03 0300 010203 6e00 6300 abcd");
    byte[] rich = Frames.join(header, Arrays.copyOfRange(packed, 10, packed.length), new byte[512]);
    assertThat(Reading.of(directory, rich)).isEqualTo(Reading.of(directory, plain));
  }

  @Test
  void gzipWithoutItsTrailerIsReadToTheEnd() throws IOException {
    byte[] packed = gzip(capture(5));
    Reading reading = Reading.of(directory, Arrays.copyOf(packed, packed.length - 3));
    assertThat(reading.packets()).hasSize(5);
    assertThat(reading.notices()).hasSize(1);
    packed[packed.length - 8] ^= 1;
    assertThat(Reading.of(directory, packed).notices().getFirst()).contains("wrong checksum");
  }

  @Test
  void bytesAfterGzipAreNotDroppedInSilence() throws IOException {
    byte[] packed = Frames.join(gzip(capture(5)), Frames.hex("1f8b0700000000000000"));
    Reading reading = Reading.of(directory, packed);
    assertThat(reading.packets()).hasSize(5);
    assertThat(reading.notices().getFirst()).contains("this is no gzip member");
  }

  @Test
  void recognisesByMagicNumber() {
    assertThat(Compression.of(0x00088b1f)).isEqualTo(Compression.GZIP);
    assertThat(Compression.of(0xfd2fb528)).isEqualTo(Compression.ZSTD);
    assertThat(Compression.of(0x184d2a5e)).isEqualTo(Compression.ZSTD);
    assertThat(Compression.of(0x587a37fd)).isEqualTo(Compression.XZ);
    assertThat(Compression.of(0x39685a42)).isEqualTo(Compression.BZIP2);
    assertThat(Compression.of(0x184d2204)).isEqualTo(Compression.LZ4);
    assertThat(Compression.of(0x04034b50)).isEqualTo(Compression.ZIP);
    assertThat(Compression.of(MICRO)).isEqualTo(Compression.NONE);
  }

  private static byte[] capture(int packets) {
    Captures captures = Captures.in(LITTLE_ENDIAN).fileHeader(MICRO, 1);
    for (int i = 0; i < packets; i++) {
      captures.packet(SECOND + i, i, frame(i));
    }
    return captures.bytes();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
