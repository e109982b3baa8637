package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.MICRO;
import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipeTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int FEW = 100;
  private static final int TIMES = 5000;

  @TempDir Path directory;
  private Path pipe = Path.of("");

  @BeforeEach
  void makePipe() throws IOException, InterruptedException {
    pipe = directory.resolve("pipe");
    boolean made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    assumeTrue(made, "mkfifo makes no named pipe here");
  }

  private PacketInput open() throws IOException {
    return new FileSource().open(SourceRequest.file(pipe.toString()));
  }

  private static int drain(PacketInput input) throws IOException {
    int packets = 0;
    int delivered = 0;
    while (delivered != PacketInput.END) {
      packets += delivered;
      delivered = input.poll(frame -> {}, 1000, PATIENCE_MILLIS);
    }
    return packets;
  }

  private static byte[] capture(int packets) {
    Captures capture = Captures.in(LITTLE_ENDIAN).fileHeader(MICRO, 1);
    for (int i = 0; i < packets; i++) {
      capture.packet(SECOND, i, frame(1));
    }
    return capture.bytes();
  }

  @Test
  void packetsComeAsTheyAreWritten() throws IOException {
    byte[] one = capture(1);
    try (PacketInput input = open()) {
      assertThat(input.poll(frame -> {}, 10, 0)).isZero();
      assertThat(input.progress()).isNegative();
      try (OutputStream out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
        out.write(one, 0, 30);
        assertThat(input.poll(frame -> {}, 10, 1)).isZero();
        out.write(one, 30, one.length - 30);
        assertThat(input.poll(frame -> {}, 10, PATIENCE_MILLIS)).isEqualTo(1);
      }
      assertThat(input.poll(frame -> {}, 10, PATIENCE_MILLIS)).isEqualTo(PacketInput.END);
      assertThat(input.notices()).isEmpty();
    }
  }

  @Test
  void manyPackedPacketsComeWhole() throws Exception {
    byte[] whole = capture(FEW);
    byte[] records = Arrays.copyOfRange(whole, 24, whole.length);
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (OutputStream out =
                      new ZstdOutputStream(Files.newOutputStream(pipe, StandardOpenOption.WRITE))) {
                    out.write(whole);
                    for (int i = 1; i < TIMES; i++) {
                      out.write(records);
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    try (PacketInput input = open()) {
      assertThat(drain(input)).isEqualTo(FEW * TIMES);
      assertThat(input.notices()).isEmpty();
    }
    writer.join();
  }

  @Test
  void anEmptyPipeAndOneOfSomethingElseAreFailures() throws Exception {
    try (PacketInput input = open()) {
      Files.newOutputStream(pipe, StandardOpenOption.WRITE).close();
      assertThatIOException()
          .isThrownBy(() -> drain(input))
          .withMessageContaining(pipe + " is empty");
    }
    try (PacketInput input = open()) {
      Files.writeString(pipe, "GET / HTTP/1.1", StandardOpenOption.WRITE);
      assertThatIOException()
          .isThrownBy(() -> drain(input))
          .withMessageContaining(pipe + " is not a pcap");
    }
  }

  @Test
  void closingWaitsForNoWriter() throws Exception {
    PacketInput input = open();
    try (OutputStream out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
      out.write(capture(1));
      assertThat(input.poll(frame -> {}, 10, PATIENCE_MILLIS)).isEqualTo(1);
      input.close();
      assertThat(input.poll(frame -> {}, 10, 0)).isEqualTo(PacketInput.END);
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> thread.getName().equals("caracal-read")))
          .isEmpty();
    }
  }
}
