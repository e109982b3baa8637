package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.itests.Caracal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site profile from the traffic to the judgement and back. */
class LearnIT {
  private static final String LEARNT = "ensemble +3\\.[0-9.]+site-20261121T[0-9]+Z +active";

  @TempDir private Path folder;

  private Path learn() throws Exception {
    Path out = folder.resolve("learnt");
    Result result =
        Caracal.run(
            folder,
            "learn",
            Caracal.SAMPLE,
            "--out",
            out.toString(),
            "--set",
            "learn.minimum-time=10",
            "--quiet");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("## Left out").contains("./caracal profile apply");
    return jar(out);
  }

  private static Path jar(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  /** Checksums by entry; a signature is another each time. */
  private static Map<String, Long> content(Path jar) throws IOException {
    Map<String, Long> content = new LinkedHashMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream().forEach(entry -> content.put(entry.getName(), entry.getCrc()));
    }
    assertThat(content.remove("META-INF/CARACAL.EC")).as("it is signed").isNotNull();
    return content;
  }

  @Test
  void aProfileIsLearntAppliedAndTakenBack() throws Exception {
    Path profile = learn();
    Map<String, Long> content = content(profile);
    assertThat(content(learn())).as("the same traffic, the same bytes").isEqualTo(content);

    Result compared = Caracal.run(folder, "profile", "compare", profile.toString());
    assertThat(compared.code()).as(compared.err()).isZero();
    assertThat(compared.out()).contains("| diffusion |");

    assertThat(Caracal.run(folder, "profile", "apply", profile.toString()).code()).isZero();
    assertThat(Caracal.run(folder, "detectors").out()).containsPattern(LEARNT);
    Result replay = Caracal.run(folder, "replay", Caracal.SAMPLE, "--quiet");
    assertThat(replay.code()).isZero();
    assertThat(replay.err()).doesNotContain("shipped calibration holds");

    Result back = Caracal.run(folder, "profile", "rollback");
    assertThat(back.out()).contains("is removed");
    assertThat(Caracal.run(folder, "detectors").out()).doesNotContainPattern(LEARNT);
    assertThat(Caracal.run(folder, "profile", "rollback").err())
        .contains("no site profile is applied");
  }

  @Test
  void tooLittleTrafficMakesNoProfile() throws Exception {
    Result result = Caracal.run(folder, "learn", Caracal.SAMPLE, "--out", folder.toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("no profile is written").contains("learn.minimum-time");
  }
}
