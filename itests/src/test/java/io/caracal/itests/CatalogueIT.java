package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.caracal.itests.Caracal.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From two jars in a folder to a sensor that installs them from a catalogue on a web server. */
class CatalogueIT {
  private static final String FOREST = "io.caracal.model.random-forest";

  @TempDir private Path folder;
  private Path shelf;
  private HttpServer server = null;

  @BeforeEach
  void serve() throws IOException {
    shelf = Files.createDirectories(folder.resolve("shelf"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", SimpleFileServer.createFileHandler(shelf));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Result ask(String... arguments) throws IOException, InterruptedException {
    return Caracal.beside(folder, arguments);
  }

  private Path forest(String version) throws IOException {
    Path jar = shelf.resolve("forest-" + version + ".jar");
    HotDeployIT.renumber(HotDeployIT.shipped("random-forest"), jar, version, false);
    return jar;
  }

  @Test
  void aRunningSensorInstallsAndIsOfferedUpdates() throws Exception {
    assertThat(ask("keys", "create").code()).isZero();
    Path one = forest("2.0.1");
    Path two = forest("2.1.0");
    assertThat(ask("catalogue", shelf.toString()).err()).contains("is not signed");
    assertThat(ask("keys", "sign", one.toString(), two.toString()).code()).isZero();
    Result made = ask("catalogue", shelf.toString());
    assertThat(made.out()).as(made.err()).contains("catalogue.jar lists 2 plugins");

    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Caracal sensor =
        Caracal.start(
            folder,
            "run",
            "-i",
            "lo",
            "--filter",
            "udp port 9",
            "--quiet",
            "--set",
            "plugins.catalogues=" + address);
    String said = sensor.awaitAny("listening on lo", "libpcap0.8", "CAP_NET_RAW");
    try {
      assumeThat(said).as("this machine lets nobody capture").isEqualTo("listening on lo");
      installs(sensor);
    } finally {
      sensor.interrupt();
      sensor.finish();
    }
  }

  private void installs(Caracal sensor) throws Exception {
    assertThat(ask("plugin", "search", "forest").out())
        .containsPattern(FOREST + " +2\\.1\\.0 +update +developer")
        .containsPattern(FOREST + " +2\\.0\\.1 +update +developer");
    Result install = ask("plugin", "install", "random-forest@[2.0.1,2.1)");
    assertThat(install.out()).as(install.err()).contains(FOREST + " 2.0.1 is in use");
    sensor.await("detector random-forest 2.0.1 takes over from 2.0.0");
    assertThat(ask("shell", "-c", "plugin:list").out()).contains("2.1.0 is offered");

    Path want = Files.writeString(folder.resolve("want"), FOREST + "@2.1\n");
    assertThat(ask("plugin", "apply", want.toString(), "--dry-run").out())
        .contains("install " + FOREST + " 2.1.0");
    Result apply = ask("plugin", "apply", want.toString());
    assertThat(apply.out()).as(apply.err()).contains(FOREST + " 2.1.0 is in use");
    sensor.await("detector random-forest 2.1.0 takes over from 2.0.1");
    assertThat(ask("plugin", "apply", want.toString()).out()).contains("there is nothing to do");

    try (FileSystem zip = FileSystems.newFileSystem(shelf.resolve("catalogue.jar"))) {
      Files.writeString(zip.getPath("index.xml"), "<repository/>");
    }
    Result tampered = ask("shell", "-c", "plugin:search");
    assertThat(tampered.code()).isEqualTo(1);
    assertThat(tampered.out()).contains("is not what was signed");
    assertThat(ask("plugin", "history").out()).containsPattern("catalogue .*refused");
    assertThat(sensor.err()).as("folders in plugins/ are no plugins").doesNotContain("\tat ");
  }
}
