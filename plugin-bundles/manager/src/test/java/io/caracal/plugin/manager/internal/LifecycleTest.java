package io.caracal.plugin.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

class LifecycleTest {
  private static final Request ROOT = Request.by("root by test");

  @TempDir private Path temporary;
  private Path folder;
  private Path one;
  private Path two;

  @BeforeEach
  void write() throws Exception {
    folder = temporary.resolve("plugins");
    one = TestPlugin.write(temporary.resolve("one.jar"), "1.0.0");
    two = TestPlugin.write(temporary.resolve("two.jar"), "2.0.0");
  }

  private Bench open() throws Exception {
    return new Bench(folder, () -> {}, "caracal.settings.given", "lanes", "caracal.lanes", "2");
  }

  private static List<String> actions(Bench bench) {
    return bench.lifecycle.history().stream()
        .map(change -> change.action() + " " + change.version() + " " + change.result())
        .toList();
  }

  private static List<Bundle> bundles(Bench bench) {
    return Arrays.stream(bench.felix().context().getBundles())
        .filter(bundle -> TestPlugin.NAME.equals(bundle.getSymbolicName()))
        .toList();
  }

  @Test
  void aRestartKeepsToWhatTheJournalSays() throws Exception {
    try (Bench bench = open()) {
      bench.lifecycle.install(one, ROOT);
      bench.lifecycle.install(two, ROOT);
      assertThat(bench.state()).isEqualTo("1.0.0 standby, 2.0.0 promoted");
      bench.lifecycle.rollback(TestPlugin.NAME, ROOT);
      assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.0.0 standby");
    }
    assertThat(folder.resolve("test.plugin-2.0.0.jar")).hasSameBinaryContentAs(two);
    try (Bench bench = open()) {
      assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.0.0 standby");
      assertThat(bundles(bench)).hasSize(2);
      assertThat(bundles(bench).stream().filter(b -> bench.roles.inUse(b.getBundleId())))
          .singleElement()
          .extracting(Bundle::getVersion)
          .isEqualTo(new Version("1.0.0"));
      bench.lifecycle.promote(TestPlugin.NAME, new Version("2.0.0"), ROOT);
      bench.lifecycle.promote(TestPlugin.NAME, new Version("1.0.0"), ROOT);
    }
    try (Bench bench = open()) {
      assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.0.0 standby");
      bench.lifecycle.quarantine(TestPlugin.NAME, new Version("1.0.0"), "it lies", ROOT);
      bench.lifecycle.remove(TestPlugin.NAME, new Version("2.0.0"), ROOT);
    }
    try (Bench bench = open()) {
      assertThat(bench.state()).isEqualTo("1.0.0 quarantined");
      assertThat(bench.lifecycle.plugins().getFirst().reason()).isEqualTo("it lies");
      assertThat(actions(bench))
          .containsExactly(
              "install 1.0.0 promoted",
              "install 2.0.0 promoted",
              "rollback 2.0.0 standby",
              "promote 2.0.0 promoted",
              "promote 1.0.0 promoted",
              "quarantine 1.0.0 quarantined",
              "remove 2.0.0 retired");
      Change last = bench.lifecycle.history().getLast();
      assertThat(last.actor()).isEqualTo("root by test");
      assertThat(last.settings()).containsEntry("lanes", "2");
      assertThat(last.sha256()).hasSize(64);
    }
  }

  @Test
  void whatIsRefusedLeavesNothingAndIsSaidOnce() throws Exception {
    Path needy =
        TestPlugin.write(
            folder.resolve("needy.jar"),
            "3.0.0",
            "Require-Capability",
            "io.caracal.view;filter:=\"(name=tiny)\"");
    for (int start = 0; start < 2; start++) {
      try (Bench bench = open()) {
        assertThat(bench.state()).isEmpty();
        assertThat(bundles(bench)).isEmpty();
        assertThat(bench.lifecycle.plan(needy).obstacles())
            .singleElement()
            .asString()
            .contains("io.caracal.view (name=tiny), which no installed bundle provides");
        assertThat(bench.lifecycle.refused()).hasSize(1);
        assertThat(actions(bench)).containsExactly("install 3.0.0 refused");
      }
    }
  }

  @Test
  void theSameVersionWithOtherContentIsRefused() throws Exception {
    Path other = TestPlugin.write(temporary.resolve("other.jar"), "1.0.0", "Bundle-Name", "other");
    try (Bench bench = open()) {
      bench.lifecycle.install(one, ROOT);
      assertThatThrownBy(() -> bench.lifecycle.install(other, ROOT))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("is installed already with other content");
      assertThat(bench.state()).isEqualTo("1.0.0 promoted");
      assertThat(bench.lifecycle.counters())
          .containsEntry("plugins.installed", 1)
          .containsEntry("plugins.refused", 1L)
          .containsEntry("plugins.swaps", 1L);
    }
  }

  @Test
  void aFileThatChangesTakesOverBeforeTheFormerOneGoes() throws Exception {
    Path file = folder.resolve("mine.jar");
    TestPlugin.write(file, "1.0.0");
    try (Bench bench = open()) {
      TestPlugin.write(file, "1.1.0");
      bench.lifecycle.changed(file);
      assertThat(bench.state()).isEqualTo("1.1.0 promoted");
      Files.writeString(file, "no jar");
      assertThatThrownBy(() -> bench.lifecycle.changed(file)).isInstanceOf(Refusal.class);
      assertThat(bench.state()).isEqualTo("1.1.0 promoted");
      Files.delete(file);
      bench.lifecycle.gone(file);
      assertThat(bench.state()).isEmpty();
      assertThat(bundles(bench)).isEmpty();
    }
  }

  @Test
  void whatVanishesWhileNothingRunsIsNoted() throws Exception {
    try (Bench bench = open()) {
      bench.lifecycle.install(one, ROOT);
    }
    Files.delete(folder.resolve("test.plugin-1.0.0.jar"));
    try (Bench bench = open()) {
      assertThat(bench.state()).isEmpty();
      assertThat(actions(bench)).containsExactly("install 1.0.0 promoted", "remove 1.0.0 retired");
    }
  }

  @Test
  void aTornLineIsNoChange() throws Exception {
    try (Bench bench = open()) {
      bench.lifecycle.install(one, ROOT);
    }
    Files.writeString(folder.resolve("changes.jsonl"), "{\"time\":\"20", StandardOpenOption.APPEND);
    try (Bench bench = open()) {
      assertThat(actions(bench)).containsExactly("install 1.0.0 promoted");
      bench.lifecycle.install(two, ROOT);
      assertThat(actions(bench)).hasSize(2);
    }
  }

  @Test
  void ofTwoSensorsOnOneFolderOneWrites() throws Exception {
    try (Bench owner = open()) {
      owner.lifecycle.install(one, ROOT);
      owner.lifecycle.quarantine(TestPlugin.NAME, new Version("1.0.0"), "it lies", ROOT);
      try (Bench reader = open()) {
        assertThat(reader.state()).isEqualTo("1.0.0 quarantined");
        assertThatThrownBy(() -> reader.lifecycle.install(two, ROOT))
            .hasMessageContaining("another process works on the folder of plugins");
        assertThat(bundles(reader)).hasSize(1);
      }
      assertThat(owner.lifecycle.history()).hasSize(2);
    }
  }

  @Test
  void aVersionThatWasReplacedIsRetiredWithItsClassLoader() throws Exception {
    try (Bench bench = new Bench(folder, () -> {}, "caracal.plugins.rollback-window", "0.001")) {
      bench.lifecycle.install(one, ROOT);
      bench.lifecycle.install(two, ROOT);
      while (bench.lifecycle.plugins().size() > 1
          || !bench.lifecycle.counters().get("plugins.leaving").equals(0)) {
        System.gc(); // classes are unloaded when the collector likes, and now
        Thread.sleep(20);
      }
      assertThat(bench.state()).isEqualTo("2.0.0 promoted");
      assertThat(folder.resolve("retired/test.plugin-1.0.0.jar")).exists();
      assertThat(bench.lifecycle.counters())
          .containsEntry("plugins.retired", 1L)
          .containsEntry("plugins.leaked", 0L);
    }
  }
}
