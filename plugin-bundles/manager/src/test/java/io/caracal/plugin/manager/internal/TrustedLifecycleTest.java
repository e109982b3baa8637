package io.caracal.plugin.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.plugin.signing.Fingerprint;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.testkit.PluginKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** What the journal and the trust store together forbid. */
class TrustedLifecycleTest {
  private static final Request ROOT = Request.by("root by test");

  @TempDir private Path temporary;
  private PluginKey key;

  @BeforeEach
  void trust() throws Exception {
    key = PluginKey.trustedIn(temporary);
  }

  private Bench open() throws Exception {
    return new Bench(
        temporary.resolve("plugins"),
        () -> {},
        "caracal.plugins.trust",
        "enforce",
        "caracal.plugins.trust-dir",
        temporary.resolve("config/trust").toString());
  }

  private Path plugin(String version) throws Exception {
    return key.sign(TestPlugin.write(temporary.resolve(version + ".jar"), version));
  }

  @Test
  void onlyARollbackGoesBehindTheHighestVersionThatEverWasHere() throws Exception {
    try (Bench bench = open()) {
      bench.lifecycle.install(plugin("1.0.0"), ROOT);
      bench.lifecycle.install(plugin("2.0.0"), ROOT);
      bench.lifecycle.rollback(TestPlugin.NAME, ROOT);
      assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.0.0 standby");
      bench.lifecycle.remove(TestPlugin.NAME, new Version("2.0.0"), ROOT);
    }
    Path older = plugin("1.5.0");
    try (Bench bench = open()) {
      assertThat(bench.state()).as("what is there stays").isEqualTo("1.0.0 promoted");
      assertThatThrownBy(() -> bench.lifecycle.install(older, ROOT))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("is older than 2.0.0, which was installed before");
      assertThat(bench.lifecycle.history().getLast().signer()).isEmpty();
      assertThat(bench.lifecycle.history().getLast().reason()).contains("is older than 2.0.0");
    }
  }

  @Test
  void whatIsRevokedWhileItIsUsedIsQuarantinedAndStaysOut() throws Exception {
    TrustFolder trust = new TrustFolder(temporary.resolve("config/trust"));
    Path one = plugin("1.0.0");
    Path two = plugin("2.0.0");
    try (Bench bench = open()) {
      bench.lifecycle.install(one, ROOT);
      Plugin used = bench.lifecycle.install(two, ROOT);
      assertThat(used.signer()).isEqualTo("developer");
      trust.revoke(Fingerprint.of(Files.readAllBytes(two)), "it misses scans");
      bench.lifecycle.judge();
      assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.0.0 quarantined");
      assertThat(bench.roles.inUse(used.id())).isFalse();
      assertThat(bench.lifecycle.plugins().getLast().reason()).contains("it misses scans");
      int changes = bench.lifecycle.history().size();
      bench.lifecycle.judge();
      assertThat(bench.lifecycle.history()).hasSize(changes);
    }
    try (Bench bench = open()) {
      assertThat(bench.state()).isEqualTo("1.0.0 promoted");
    }
  }
}
