package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures that are no plain files: standard input, and one that is still being written. */
class CaptureInputIT {
  private static final String ALL = "184,753 packets";

  @TempDir private Path folder;

  @Test
  void standardInputIsReadToItsEnd() throws Exception {
    Result result = Caracal.start(folder, Path.of(Caracal.SAMPLE), "replay", "-").finish();
    assertThat(result.err()).doesNotContain("ERROR");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains(ALL);
  }

  @Test
  void standardInputOfSomethingElseIsOneSentence() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "this is no capture");
    Result result = Caracal.start(folder, text, "replay", "-").finish();
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("caracal: standard input is not a pcap");
  }

  @Test
  void aGrowingCaptureIsFollowedUntilASignal() throws Exception {
    byte[] whole = Files.readAllBytes(Path.of(Caracal.SAMPLE));
    int half = whole.length / 2;
    Path growing = Files.write(folder.resolve("growing.pcap.zst"), Arrays.copyOf(whole, half));
    Caracal caracal =
        Caracal.start(folder, "replay", growing.toString(), "--follow", "--out", folder.toString());
    caracal.await(" packets  ");
    Files.write(growing, Arrays.copyOfRange(whole, half, whole.length), StandardOpenOption.APPEND);
    caracal.await(ALL);
    caracal.interrupt();
    Result result = caracal.finish();
    assertThat(result.out()).contains(ALL);
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertThat(summary.path("failures")).isEmpty();
    assertThat(summary.path("notices")).isEmpty();
    assertThat(summary.path("counters").path("flow.active").asInt()).isZero();
    assertThat(summary.path("counters").path("capture.packets").asInt()).isEqualTo(184_753);
  }

  @Test
  void whatDoesNotFitTogetherIsWrongUse() throws Exception {
    Result twice = Caracal.run(folder, "replay", "-", "-");
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("standard input (-) can be read only once");
    Result several = Caracal.run(folder, "replay", "a", "b", "--follow");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err()).contains("--follow takes one CAPTURE");
  }
}
