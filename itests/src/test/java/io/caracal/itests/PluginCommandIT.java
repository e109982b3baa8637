package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import io.caracal.testkit.PluginKey;
import io.caracal.testkit.TinyModelBundle;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code caracal plugin} and {@code caracal shell} against a running sensor and without one. */
class PluginCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOREST = "io.caracal.model.random-forest";
  private static final String ME = System.getProperty("user.name");

  @TempDir private Path folder;
  private PluginKey key;
  private Path newer;

  @BeforeEach
  void prepare() throws IOException {
    key = PluginKey.trustedIn(folder);
    newer = folder.resolve("offered.jar");
    HotDeployIT.renumber(HotDeployIT.shipped("random-forest"), newer, "2.0.1", false);
    key.sign(newer);
  }

  private Result ask(String... arguments) throws IOException, InterruptedException {
    return Caracal.beside(folder, arguments);
  }

  @Test
  void aRunningSensorDoesWhatItIsTold() throws Exception {
    Caracal sensor = Caracal.start(folder, "run", "-i", "lo", "--filter", "udp port 9", "--quiet");
    String said = sensor.awaitAny("listening on lo", "libpcap0.8", "CAP_NET_RAW");
    assumeTrue(said.equals("listening on lo"), "this machine lets nobody capture: " + said);

    Result install = ask("plugin", "install", newer.toString());
    assertThat(install.err()).isEmpty();
    assertThat(install.code()).isZero();
    assertThat(install.out())
        .contains(FOREST + " 2.0.1 is in use in place of the shipped 2.0.0")
        .containsPattern("it took \\d+ ms");
    sensor.await("detector random-forest 2.0.1 takes over from 2.0.0");
    assertThat(ask("plugin", "list").out())
        .containsPattern(FOREST + " +2\\.0\\.1 +in use +detector random-forest");

    assertThat(ask("shell", "-c", "plugin:list").out()).contains("2.0.1").contains("in use");
    Result rollback = ask("shell", "-c", "plugin:rollback random-forest");
    assertThat(rollback.out()).contains("out of use").contains("the shipped 2.0.0 is in use");
    sensor.await("detector random-forest 2.0.0 takes over from 2.0.1");
    assertThat(ask("plugin", "promote", "random-forest").code()).isZero();
    assertThat(ask("plugin", "quarantine", "random-forest", "--reason", "too many alerts").code())
        .isZero();
    assertThat(ask("plugin", "history", FOREST).out())
        .containsPattern("install +" + FOREST + " +2\\.0\\.1 +promoted +" + ME + " by cli")
        .containsPattern("rollback .* " + ME + " by shell")
        .containsPattern("quarantine .* too many alerts");
    assertThat(ask("shell", "-c", "plugin:rollback nothing").code()).isEqualTo(1);

    sensor.interrupt();
    assertThat(sensor.finish().code()).isZero();
    assertThat(folder.resolve("state/control.sock")).doesNotExist();
    assertThat(ask("shell", "-c", "plugin:list").err()).contains("no sensor runs");
  }

  /** Even where the permissions of files would let it. */
  @Test
  void anotherUserIsRefused() throws Exception {
    Caracal sensor = Caracal.start(folder, "run", "-i", "lo", "--filter", "udp port 9", "--quiet");
    String said = sensor.awaitAny("listening on lo", "libpcap0.8", "CAP_NET_RAW");
    assumeTrue(said.equals("listening on lo"), "this machine lets nobody capture: " + said);
    try {
      refuseNobody();
    } finally {
      sensor.interrupt();
      sensor.finish();
    }
  }

  private void refuseNobody() throws Exception {
    for (Path path = folder.resolve("state"); !path.equals(folder.getParent()); ) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      path = path.getParent();
    }
    Files.setPosixFilePermissions(
        folder.resolve("state/control.sock"), PosixFilePermissions.fromString("rw-rw-rw-"));
    String lib = Caracal.HOME.resolve("lib").toString();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assumeTrue(
        asNobody("test", "-r", lib, "-a", "-x", java).code() == 0,
        "no other user can be tried here: no setpriv, not root, or a private checkout");
    Result refused =
        asNobody(
            java,
            "-Dcaracal.home=" + Caracal.HOME,
            "-Dcaracal.root=" + folder,
            "-cp",
            lib + File.separator + "*",
            "io.caracal.launcher.Main",
            "plugin",
            "list");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("may not command this sensor");
  }

  private Result asNobody(String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    all.addAll(List.of(command));
    Process process;
    try {
      process = new ProcessBuilder(all).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Result(1, "", e.toString());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), "", said);
  }

  @Test
  void withoutASensorTheSameFolderIsWorkedOn() throws Exception {
    Path stranger = key.write(TinyModelBundle.distance("stranger", "1.0.0", 1), folder);
    Result plan = ask("plugin", "plan", stranger.toString());
    assertThat(plan.code()).isEqualTo(1);
    assertThat(plan.out()).contains("cannot be installed").contains("io.caracal.view");
    assertThat(ask("plugin", "install", stranger.toString()).err()).contains("io.caracal.view");
    assertThat(ask("plugin", "verify", newer.toString()).out()).contains("every entry is signed");

    Result install = ask("plugin", "install", newer.toString(), "--json");
    assertThat(install.err()).isEmpty();
    assertThat(JSON.readTree(install.out()).path("plugin").path("state").asText())
        .isEqualTo("in use");
    assertThat(folder.resolve("plugins").resolve(FOREST + "-2.0.1.jar")).exists();
    JsonNode list = JSON.readTree(ask("plugin", "list", "--json").out());
    assertThat(list.findValuesAsText("name")).contains(FOREST);
    assertThat(ask("plugin", "remove", "random-forest").out())
        .contains("is removed; the shipped 2.0.0 is in use");
    assertThat(folder.resolve("plugins").resolve(FOREST + "-2.0.1.jar")).doesNotExist();
    assertThat(ask("plugin", "info", "random-forest").err()).contains("no plugin random-forest");
  }
}
