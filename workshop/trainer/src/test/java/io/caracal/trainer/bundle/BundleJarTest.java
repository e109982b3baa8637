package io.caracal.trainer.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.plugin.signing.KeyRing;
import io.caracal.plugin.signing.SignedJar;
import io.caracal.plugin.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that train makes requires what the build's own bundle of the same model does. */
class BundleJarTest {
  private static final Path MODELS = Path.of("../../model-bundles");

  @TempDir private static Path keys;
  private static SigningKey key;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    key = new KeyRing(keys).create("trainer", Instant.now(), 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pca", "random-forest", "transformer", "ensemble"})
  void isSignedAndRequiresWhatTheBuildSays(String model) throws Exception {
    Properties bnd = new Properties();
    try (var in = Files.newInputStream(MODELS.resolve(model).resolve("bnd.bnd"))) {
      bnd.load(in);
    }
    Path files = MODELS.resolve(model).resolve("src/main/resources/caracal");
    Path jar = new BundleJar(files).write(folder, "com.acme." + model, key);
    assertThat(SignedJar.signers(jar)).containsExactly(key.chain());
    try (JarFile read = new JarFile(jar.toFile())) {
      Attributes headers = read.getManifest().getMainAttributes();
      assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo("com.acme." + model);
      assertThat(headers.getValue("Bundle-Version")).isEqualTo(bnd.getProperty("Bundle-Version"));
      assertThat(headers.getValue("Require-Capability").split(",(?=osgi|io)", -1))
          .containsExactlyInAnyOrder(
              bnd.getProperty("Require-Capability").split(",\\s*(?=osgi|io)", -1));
      assertThat(read.getEntry("caracal/card.md").getSize())
          .isEqualTo(Files.size(files.resolve("card.md")));
    }
    assertThat(jar.getFileName())
        .hasToString("com.acme." + model + "-" + bnd.getProperty("Bundle-Version") + ".jar");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
  }
}
