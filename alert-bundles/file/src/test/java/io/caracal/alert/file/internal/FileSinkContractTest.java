package io.caracal.alert.file.internal;

import io.caracal.alert.formats.internal.EveFormat;
import io.caracal.api.alert.AlertSink;
import io.caracal.testkit.AlertSinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FileSinkContractTest extends AlertSinkContract {
  @TempDir private Path folder;
  private AutoCloseable opened = () -> {};

  @Override
  protected AlertSink open() throws IOException {
    FileSink sink =
        new FileSink(
            Map.of(
                "service.pid",
                "io.caracal.sink.eve~set",
                "eve.file",
                folder.resolve("eve.json").toString()),
            List.of(new EveFormat()));
    opened = sink::close;
    return sink;
  }

  @Override
  protected void close() throws Exception {
    opened.close();
  }

  @Override
  protected List<String> received() throws IOException {
    return Files.readAllLines(folder.resolve("eve.json"));
  }
}
