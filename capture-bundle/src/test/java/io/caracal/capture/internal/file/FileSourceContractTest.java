package io.caracal.capture.internal.file;

import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceRequest;
import io.caracal.testkit.PacketSourceContract;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSourceContractTest extends PacketSourceContract {
  @TempDir Path directory;

  @Override
  protected PacketSource source() {
    return new FileSource();
  }

  @Override
  protected SourceRequest capture() throws Exception {
    Captures captures = Captures.in(ByteOrder.BIG_ENDIAN).fileHeader(Captures.NANO, 1);
    for (int i = 0; i < 5; i++) {
      captures.packet(Captures.SECOND, i, Captures.frame(i), 200);
    }
    return SourceRequest.file(
        Files.write(directory.resolve("capture"), captures.bytes()).toString());
  }
}
