package io.caracal.alert.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/sinks.md accepts what is signed, and nothing else. */
class SignatureTest {
  private static final String BODY = "{\"id\":\"a-0 é\"}\n";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("key"), "between us\n");
    Files.writeString(folder.resolve("body"), BODY);
  }

  private static String signature() {
    return Signature.of("between us", 1_763_629_443, BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static String code(String language) throws IOException {
    String page = Files.readString(Path.of("../../docs/sinks.md"));
    int begin = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(begin, page.indexOf("```", begin));
  }

  private boolean runs(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start()
            .waitFor()
        == 0;
  }

  private void present(String program) throws IOException, InterruptedException {
    assumeTrue(runs("sh", "-c", "command -v " + program), program + " is not installed");
  }

  @Test
  void theShellVerifies() throws Exception {
    present("openssl");
    String code = code("sh");
    for (String given : List.of(signature(), signature().replace("t=1", "t=2"))) {
      assertThat(runs("sh", "-c", "signature='" + given + "'\n" + code))
          .isEqualTo(given.equals(signature()));
    }
  }

  @Test
  void pythonVerifies() throws Exception {
    present("python3");
    String check =
        code("python")
            + """

            import sys
            body, key = open("body", "rb").read(), open("key", "rb").read().rstrip()
            sys.exit(0 if verified(sys.argv[1], body, key) else 1)
            """;
    assertThat(runs("python3", "-c", check, signature())).isTrue();
    assertThat(runs("python3", "-c", check, signature().replace("v1=", "v1=0"))).isFalse();
  }
}
