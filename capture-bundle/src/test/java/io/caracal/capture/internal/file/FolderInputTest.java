package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.MICRO;
import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.Zstd;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderInputTest {
  /** Far more than a look into the folder takes, for a machine that has other things to do. */
  private static final int PATIENCE_MILLIS = 20_000;

  @TempDir Path folder;

  private final List<Long> seconds = new ArrayList<>();

  private static byte[] capture(long... seconds) {
    Captures capture = Captures.in(LITTLE_ENDIAN).fileHeader(MICRO, 1);
    for (long second : seconds) {
      capture.packet(SECOND + second, 0, frame((int) second));
    }
    return capture.bytes();
  }

  /** Records after the file header, to be appended. */
  private static byte[] records(long... seconds) {
    byte[] whole = capture(seconds);
    return Arrays.copyOfRange(whole, 24, whole.length);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private int poll(PacketInput input, int waitMillis) throws IOException {
    return input.poll(
        frame -> seconds.add(frame.timeNanos / 1_000_000_000L - SECOND), 100, waitMillis);
  }

  private void pollUntil(PacketInput input, int packets) throws IOException {
    while (seconds.size() < packets) {
      assertThat(poll(input, PATIENCE_MILLIS)).isPositive();
    }
  }

  @Test
  void capturesComeInTheOrderOfTheirFirstPackets() throws IOException {
    write("a", capture(50, 51));
    write("b", Zstd.compress(capture(10, 11)));
    write("c", Arrays.copyOf(capture(30, 31), capture(30, 31).length - 1));
    write("d", capture());
    write("readme.txt", "no capture".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Files.createDirectory(folder.resolve("below"));
    write("below/e", capture(20));
    try (PacketInput input = new FileSource().open(SourceRequest.file(folder.toString()))) {
      while (poll(input, 0) != PacketInput.END) {
        assertThat(input.progress()).isBetween(0.0, 1.0);
      }
      assertThat(seconds).containsExactly(10L, 11L, 30L, 50L, 51L);
      assertThat(input.counters().packets()).isEqualTo(5);
      assertThat(input.progress()).isEqualTo(1);
      assertThat(input.notices())
          .satisfiesExactlyInAnyOrder(
              notice -> assertThat(notice).contains(folder.resolve("c") + " is cut off"),
              notice -> assertThat(notice).contains(folder.resolve("d") + " holds no packets"),
              notice -> assertThat(notice).contains(folder.resolve("readme.txt") + " is not a"));
    }
  }

  @Test
  void capturesOfTheSameTimeAreNamed() throws IOException {
    write("a", capture(1, 9));
    write("b", capture(5, 6));
    try (PacketInput input = new FileSource().open(SourceRequest.file(folder.toString()))) {
      while (poll(input, 0) != PacketInput.END) {}
      assertThat(seconds).containsExactly(1L, 9L, 5L, 6L);
      assertThat(input.notices().getFirst()).startsWith(folder.resolve("b") + " begins before");
    }
  }

  @Test
  void aFolderWithoutCapturesIsRefused() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> new FileSource().open(SourceRequest.file(folder.toString())).close())
        .withMessageContaining(folder + " holds no capture with packets; name a folder");
    write("x", new byte[] {1, 2, 3});
    assertThatIOException()
        .isThrownBy(() -> new FileSource().open(SourceRequest.file(folder.toString())).close())
        .withMessageContaining(folder.resolve("x") + " is not a pcap");
  }

  @Test
  void aFollowedFolderGivesWhatAWriterRotates() throws IOException {
    try (PacketInput input = new FileSource().open(SourceRequest.growing(folder.toString()))) {
      assertThat(poll(input, 0)).isZero();
      write("0", capture(1));
      pollUntil(input, 1);
      Files.write(folder.resolve("0"), records(2, 3), StandardOpenOption.APPEND);
      pollUntil(input, 3);
      write("1", capture());
      Files.write(folder.resolve("0"), records(4), StandardOpenOption.APPEND);
      pollUntil(input, 4);
      Files.write(folder.resolve("1"), records(5), StandardOpenOption.APPEND);
      pollUntil(input, 5);
      write("0", capture(6, 7)); // a ring: the oldest file is written anew
      pollUntil(input, 7);
      assertThat(seconds).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(input.progress()).isNegative();
      assertThat(input.notices()).isEmpty();
      assertThat(input.counters().packets()).isEqualTo(7);
    }
  }
}
