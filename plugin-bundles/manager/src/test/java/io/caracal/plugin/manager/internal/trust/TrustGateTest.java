package io.caracal.plugin.manager.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.plugin.manager.internal.Gate;
import io.caracal.plugin.manager.internal.PluginJar;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.signing.Fingerprint;
import io.caracal.plugin.signing.JarSigning;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.testkit.FelixContainer;
import io.caracal.testkit.PluginKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;

/** What is refused before it is started, and the sentence that says why. */
class TrustGateTest {
  private static final TestJar GOOD = TestJar.of("com.acme.detector", "1.2.0");

  @TempDir private static Path keys;
  private static PluginKey acme;
  private static PluginKey stranger;

  @TempDir private Path folder;
  private TrustFolder trust;
  private Optional<FelixContainer> container = Optional.empty();

  @BeforeAll
  static void make() throws IOException {
    acme = PluginKey.create(keys, "acme");
    stranger = PluginKey.create(keys, "stranger");
  }

  @BeforeEach
  void trustAcme() throws IOException {
    trust = new TrustFolder(folder.resolve("trust"));
    trust.trust("acme", acme.key().certificate());
  }

  @AfterEach
  void stop() throws Exception {
    if (container.isPresent()) {
      container.get().close();
    }
  }

  private Gate gate(String... settings) throws IOException, BundleException {
    FelixContainer.Builder builder =
        FelixContainer.builder()
            .property("caracal.plugins.trust-dir", trust.folder().toString())
            .property("caracal.plugins.max-unpacked-bytes", "33554432")
            .property("caracal.plugins.max-entries", "100");
    for (String setting : settings) {
      builder.property("caracal." + setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    container = Optional.of(builder.start());
    return new TrustGate(context(), new Backstop(context()));
  }

  private BundleContext context() {
    return container.orElseThrow().context();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(PluginJar jar) throws Exception {
    return refused(jar, Gate.Past.NONE);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(PluginJar jar, Gate.Past past)
      throws Exception {
    Gate gate = gate();
    return assertThatThrownBy(() -> gate.admit(jar, past)).isInstanceOf(Refusal.class);
  }

  private static Gate.Past past(String highest, String sha256) {
    return new Gate.Past() {
      @Override
      public Optional<Version> highest(String symbolicName) {
        return symbolicName.equals("com.acme.detector")
            ? Optional.of(new Version(highest))
            : Optional.empty();
      }

      @Override
      public boolean holds(String hash) {
        return hash.equals(sha256);
      }
    };
  }

  @Test
  void whatATrustedKeySignedIsAdmittedInItsName() throws Exception {
    assertThat(gate().admit(GOOD.signed(acme), Gate.Past.NONE)).isEqualTo("acme");
  }

  @Test
  void unsigned() throws Exception {
    refused(GOOD.plain())
        .hasMessageStartingWith("com.acme.detector 1.2.0 is not signed")
        .hasMessageContaining("caracal keys sign");
  }

  @Test
  void signedByAStranger() throws Exception {
    refused(GOOD.signed(stranger))
        .hasMessageContaining("its signer CN=stranger")
        .hasMessageContaining(Fingerprint.of(stranger.key().certificate()))
        .hasMessageContaining("is not trusted here")
        .hasMessageContaining("caracal keys trust");
  }

  @ParameterizedTest
  @CsvSource({
    "caracal/card.md, changed after it was signed",
    "caracal/more.md, entry caracal/more.md is not signed"
  })
  void tamperedAndRepacked(String entry, String reason) throws Exception {
    Path file = folder.resolve("plugin.jar");
    Files.write(file, JarSigning.sign(GOOD.bytes(), acme.key()));
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.writeString(zip.getPath(entry), "other text");
    }
    refused(inOrder(file))
        .hasMessageContaining("is not what was signed")
        .hasMessageContaining(reason);
  }

  @Test
  void repackedWithoutAnEntry() throws Exception {
    Path file = folder.resolve("plugin.jar");
    Files.write(file, JarSigning.sign(GOOD.entry("caracal/b").bytes(), acme.key()));
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.delete(zip.getPath("caracal/b"));
    }
    refused(inOrder(file)).hasMessageContaining("its entry caracal/b is missing");
  }

  /** The same entries with the manifest first, as jars have it. */
  private static PluginJar inOrder(Path file) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile read = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry :
          read.stream()
              .sorted(Comparator.comparing(e -> !e.getName().equals("META-INF/MANIFEST.MF")))
              .toList()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        read.getInputStream(entry).transferTo(out);
      }
    }
    return PluginJar.of("plugin.jar", bytes.toByteArray());
  }

  @Test
  void expired() throws Exception {
    PluginKey old =
        PluginKey.create(folder.resolve("keys"), "old", Instant.now().minus(Duration.ofDays(9)), 7);
    trust.trust("old", old.key().certificate());
    PluginJar jar = GOOD.signed(old);
    refused(jar).hasMessageContaining("the certificate of its signer old is valid from");
    stop();
    assertThat(gate().admit(jar, past("1.2.0", jar.sha256())))
        .as("what was installed before goes on")
        .isEqualTo("old");
  }

  @Test
  void aRevokedCertificate() throws Exception {
    trust.revoke(Fingerprint.of(acme.key().certificate()), "the laptop was stolen");
    PluginJar jar = GOOD.signed(acme);
    refused(jar, past("1.2.0", jar.sha256()))
        .hasMessageContaining(
            "the certificate of its signer acme is revoked: the laptop was stolen");
  }

  @Test
  void aRevokedJar() throws Exception {
    PluginJar jar = GOOD.signed(acme);
    trust.revoke(jar.sha256(), "it misses half of the scans");
    refused(jar).hasMessageContaining("is revoked: it misses half of the scans");
  }

  @Test
  void aDamagedTrustStore() throws Exception {
    Files.writeString(trust.folder().resolve("revoked"), "who knows\n");
    refused(GOOD.signed(acme))
        .hasMessageContaining("the trust store is damaged")
        .hasMessageContaining("revoked, line 1");
  }

  @Test
  void downgraded() throws Exception {
    PluginJar jar = GOOD.signed(acme);
    refused(jar, past("1.3.0", "another"))
        .hasMessageContaining("is older than 1.3.0, which was installed before")
        .hasMessageContaining("plugins.downgrades=true");
    stop();
    assertThat(gate().admit(jar, past("1.3.0", jar.sha256()))).as("still there").isEqualTo("acme");
    stop();
    assertThat(gate("plugins.downgrades=true").admit(jar, past("1.3.0", ""))).isEqualTo("acme");
  }

  @Test
  void aSignerBringsWhatItMay() throws Exception {
    Gate gate = gate("plugins.allow=acme=org.acme.,com.acme.models. ; *=*");
    PluginJar jar = GOOD.signed(acme);
    assertThatThrownBy(() -> gate.admit(jar, Gate.Past.NONE))
        .hasMessageContaining("its signer acme may not bring plugins of this name");
    assertThat(gate.admit(TestJar.of("org.acme.x", "1").signed(acme), Gate.Past.NONE))
        .isEqualTo("acme");
  }

  @Test
  void warnTakesAllButWhatIsRevokedAndOffLooksAtNothing() throws Exception {
    PluginJar jar = GOOD.plain();
    assertThat(gate("plugins.trust=warn").admit(jar, Gate.Past.NONE)).isEmpty();
    trust.revoke(jar.sha256(), "bad");
    Gate warn = new TrustGate(context(), new Backstop(context()));
    assertThatThrownBy(() -> warn.admit(jar, Gate.Past.NONE)).hasMessageContaining("revoked: bad");
    stop();
    assertThat(gate("plugins.trust=off").admit(jar, Gate.Past.NONE)).isEmpty();
    stop();
    assertThatThrownBy(() -> gate("plugins.trust=no")).hasMessageContaining("enforce, warn or off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/cron.d/x",
        "caracal/../../x",
        "/etc/passwd",
        "..\\..\\x",
        "C:/x",
        "caracal/a\u0007b"
      })
  void zipSlip(String name) throws Exception {
    refused(GOOD.entry(name).signed(acme)).hasMessageContaining("leads out of it or is none");
  }

  @Test
  void theSameEntryTwice() throws Exception {
    refused(GOOD.entry("caracal/CARD.md").signed(acme)).hasMessageContaining("twice");
  }

  @Test
  void aZipBomb() throws Exception {
    refused(GOOD.entry("zeros", new byte[20 << 20]).signed(acme))
        .hasMessageContaining("unpacks to more than 100 times its size");
  }

  @Test
  void aZipBombInAJarWithin() throws Exception {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(inner)) {
      zip.putNextEntry(new ZipEntry("zeros"));
      zip.write(new byte[20 << 20]);
    }
    TestJar jar = GOOD.entry("lib/inner.jar", inner.toByteArray());
    refused(jar.header("Bundle-ClassPath", ".,lib/inner.jar").signed(acme))
        .hasMessageContaining("unpacks to more than");
  }

  @Test
  void moreThanItMayHold() throws Exception {
    byte[] noise = new byte[34 << 20];
    new Random(1).nextBytes(noise);
    refused(GOOD.entry("noise", noise).signed(acme))
        .hasMessageContaining("plugins.max-unpacked-bytes");
  }

  @Test
  void moreEntriesThanItMayHave() throws Exception {
    TestJar jar = GOOD;
    for (int i = 0; i < 101; i++) {
      jar = jar.entry("e" + i);
    }
    refused(jar.signed(acme)).hasMessageContaining("more than 100 entries");
  }

  @Test
  void anArchiveBeforeTheArchive() throws Exception {
    byte[] shown = TestJar.of("com.acme.harmless", "9.0.0").bytes();
    byte[] held = JarSigning.sign(GOOD.bytes(), acme.key());
    byte[] both = Arrays.copyOf(shown, shown.length + held.length);
    System.arraycopy(held, 0, both, shown.length, held.length);
    refused(PluginJar.of("two.jar", both))
        .hasMessageContaining("lists other entries than it holds");
  }

  @Test
  void aFragment() throws Exception {
    refused(GOOD.header("Fragment-Host", "io.caracal.core").signed(acme))
        .hasMessageContaining("is a fragment");
    stop();
    refused(GOOD.header("Fragment-Host", "system.bundle;extension:=framework").signed(acme))
        .hasMessageContaining("is a fragment");
  }

  @Test
  void aMultiReleaseJar() throws Exception {
    refused(GOOD.header("Multi-Release", "true").signed(acme))
        .hasMessageContaining("multi-release");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/caracal/api/detect/Detector.class",
        "META-INF/versions/25/io/caracal/api/detect/Detector.class"
      })
  void aCopyOfTheInterface(String entry) throws Exception {
    refused(GOOD.entry(entry).signed(acme)).hasMessageContaining("its own copy of " + entry);
  }

  @ParameterizedTest
  @CsvSource({
    "org.slf4j;version=9, 'exports org.slf4j, which '",
    "io.caracal.api.future, 'exports io.caracal.api.future, a name of the house'"
  })
  void aHijackedPackage(String export, String reason) throws Exception {
    Gate gate = gate();
    PluginJar jar =
        GOOD.header("Export-Package", export)
            .entry(export.split(";", -1)[0].replace('.', '/') + "/x")
            .signed(acme);
    gate.admit(jar, Gate.Past.NONE);
    Bundle bundle = context().installBundle("plugin:x", jar.stream());
    assertThatThrownBy(() -> gate.admit(bundle, jar)).hasMessageContaining(reason);
  }

  @Test
  void theFrameworkReadsWhatWasVerified() throws Exception {
    Gate gate = gate();
    Bundle bundle = context().installBundle("plugin:x", GOOD.signed(acme).stream());
    PluginJar other = TestJar.of("com.acme.detector", "1.2.1").signed(acme);
    assertThatThrownBy(() -> gate.admit(bundle, other))
        .hasMessageContaining("is com.acme.detector 1.2.0 to the framework");
  }
}
