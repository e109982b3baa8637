package io.caracal.plugin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.plugin.signing.TrustStore.Standing;
import io.caracal.plugin.signing.TrustStore.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {
  private final Instant now = Instant.now();

  @TempDir private static Path keys;
  private static SigningKey key;

  @TempDir private Path folder;
  private TrustFolder trust;

  @BeforeAll
  static void make() throws IOException {
    key = new KeyRing(keys).create("acme", Instant.now(), 30);
  }

  @BeforeEach
  void empty() {
    trust = new TrustFolder(folder.resolve("trust"));
  }

  private Verdict judge(Instant moment) throws IOException {
    return trust.read().judge(key.chain(), moment);
  }

  @Test
  void aKeyIsItsOwnersAlone() throws Exception {
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("acme.p12"))))
        .isEqualTo("rw-------");
    assertThat(new KeyRing(keys).names()).containsExactly("acme");
    assertThat(key.certificate().getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThatThrownBy(() -> new KeyRing(keys).create("acme", now, 30))
        .hasMessageContaining("is there already");
    assertThatThrownBy(() -> new KeyRing(keys).create("../x", now, 30))
        .hasMessageContaining("no name for a key");
    assertThatThrownBy(() -> new KeyRing(keys).load("none")).hasMessageContaining("keys create");
  }

  @Test
  void noKeyYetIsNoReasonToStop() throws Exception {
    List<String> said = new ArrayList<>();
    KeyRing ring = new KeyRing(folder.resolve("keys"));
    SigningKey made = ring.loadOrCreate("developer", trust, said::add);
    assertThat(said).singleElement().asString().contains("made the key", "trusted it");
    assertThat(trust.read().judge(made.chain(), now).standing()).isEqualTo(Standing.TRUSTED);
    assertThat(ring.loadOrCreate("developer", trust, said::add)).isEqualTo(made);
    assertThat(said).hasSize(1);
  }

  @Test
  void fromUnknownToTrustedAndBack() throws Exception {
    assertThat(judge(now).standing()).isEqualTo(Standing.UNKNOWN);
    assertThat(judge(now).reason()).contains("CN=acme", "is not trusted here");
    Path pem = folder.resolve("partner.crt");
    Files.writeString(pem, TrustFolder.pem(key.certificate()));
    trust.trust(pem);
    assertThat(judge(now)).isEqualTo(new Verdict(Standing.TRUSTED, "partner", ""));
    trust.untrust("partner");
    assertThat(judge(now).standing()).isEqualTo(Standing.UNKNOWN);
    assertThatThrownBy(() -> trust.untrust("partner")).hasMessageContaining("keys list");
  }

  @Test
  void aCertificateHasItsTime() throws Exception {
    trust.trust("acme", key.certificate());
    assertThat(judge(now.plus(Duration.ofDays(29))).standing()).isEqualTo(Standing.TRUSTED);
    assertThat(judge(now.plus(Duration.ofDays(31))).standing()).isEqualTo(Standing.EXPIRED);
    assertThat(judge(now.minus(Duration.ofDays(1))).standing()).isEqualTo(Standing.EXPIRED);
  }

  @Test
  void whatIsRevokedCountsNoMore() throws Exception {
    trust.trust("acme", key.certificate());
    String colons =
        Fingerprint.of(key.certificate()).replaceAll("(..)(?=.)", "$1:").toUpperCase(Locale.ROOT);
    trust.revoke(colons, "the laptop\nwas stolen");
    assertThat(judge(now).standing()).isEqualTo(Standing.REVOKED);
    assertThat(judge(now).reason()).endsWith("is revoked: the laptop was stolen");
    assertThatThrownBy(() -> trust.revoke("abc", "x")).hasMessageContaining("64 hexadecimal");
  }

  @Test
  void halfATrustStoreIsNone() throws Exception {
    trust.trust("acme", key.certificate());
    Files.writeString(folder.resolve("trust/revoked"), "# those that were stolen\nabc why\n");
    assertThatThrownBy(trust::read).hasMessageContaining("revoked, line 2: 'abc'");
    Files.delete(folder.resolve("trust/revoked"));
    Files.writeString(folder.resolve("trust/torn.pem"), "-----BEGIN CERTIFICATE-----\nMII");
    assertThatThrownBy(trust::read).hasMessageContaining("torn.pem");
  }

  @Test
  void anAuthorityVouchesForThoseThatItAllowsToSignCode() throws Exception {
    Authority authority = new Authority(folder);
    trust.trust("authority", authority.certificate());
    Verdict signer = trust.read().judge(authority.issue("signer", "codeSigning").chain(), now);
    assertThat(signer).isEqualTo(new Verdict(Standing.TRUSTED, "authority", ""));
    assertThat(trust.read().judge(authority.issue("server", "serverAuth").chain(), now).standing())
        .isEqualTo(Standing.UNKNOWN);
    assertThat(judge(now).standing()).as("a stranger").isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void aSignerVouchesForNobodyElse() throws Exception {
    Authority authority = new Authority(folder);
    SigningKey signer = authority.issue("signer", "codeSigning");
    trust.trust("signer", signer.certificate());
    SigningKey below = authority.issueBy("signer", "below", "codeSigning");
    assertThat(trust.read().judge(below.chain(), now).standing()).isEqualTo(Standing.UNKNOWN);
  }
}
