package io.caracal.fuzz;

import com.github.luben.zstd.Zstd;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.file.FileSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;

/** Where fuzzing starts: the regression captures, as files and as sequences of frames. */
final class Seeds {
  private static final Path CAPTURES = Path.of("../../capture-bundle/src/test/resources/captures");
  private static final int MOST_BYTES = 4096;
  private static final int MOST_FRAMES = 12;

  private Seeds() {}

  /** Captures as they are, packed by gzip and packed by zstd. */
  static Stream<Named<byte[]>> captures() throws IOException {
    return files().stream()
        .flatMap(
            file -> {
              byte[] bytes = bytes(file);
              String name = file.getFileName().toString();
              return Stream.of(
                  Named.of(name, bytes),
                  Named.of(name + ".gz", gzip(bytes)),
                  Named.of(name + ".zst", Zstd.compress(bytes)));
            });
  }

  /** The first frames of every capture that can be read, as {@link FrameScript} reads them. */
  static Stream<Named<byte[]>> frames() throws IOException {
    return files().stream()
        .map(file -> Named.of(file.getFileName().toString(), script(file)))
        .filter(script -> script.getPayload().length > 0);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CAPTURES)) {
      return files
          .filter(file -> !file.toString().matches(".*\\.(tsv|md|txt)"))
          .filter(file -> bytes(file).length <= MOST_BYTES)
          .sorted()
          .toList();
    }
  }

  private static byte[] script(Path capture) {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture.toString()))) {
      input.poll(frame -> script.writeBytes(FrameScript.of(frame)), MOST_FRAMES, 0);
    } catch (IOException refused) {
      return new byte[0];
    }
    return script.toByteArray();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
