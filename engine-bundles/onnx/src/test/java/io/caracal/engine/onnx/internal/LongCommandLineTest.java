package io.caracal.engine.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many captures or a long class path on the command line must not kill the process. */
class LongCommandLineTest {
  private static final int CHARACTERS = 20_000;

  @TempDir private Path folder;

  /** What the process of its own runs. */
  static final class Start {
    public static void main(String[] arguments) throws IOException {
      Natives natives = new Natives(Path.of(arguments[0]));
      try (CallLimit limit = new CallLimit(Duration.ofSeconds(2))) {
        OnnxEngine engine =
            OnnxEngine.start(natives, DeviceSetting.of(new Settings(key -> "cpu")), limit);
        System.out.println("started " + engine.name());
      }
    }
  }

  @Test
  void theEngineStarts() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Start.class.getName(),
            folder.resolve("natives").toString(),
            "x".repeat(CHARACTERS));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("started onnx");
  }
}
