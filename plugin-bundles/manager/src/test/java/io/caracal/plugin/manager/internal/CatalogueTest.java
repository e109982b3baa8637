package io.caracal.plugin.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.caracal.plugin.manager.internal.catalogue.CatalogueWriter;
import io.caracal.plugin.manager.internal.catalogue.Catalogues;
import io.caracal.plugin.manager.internal.catalogue.Planner;
import io.caracal.plugin.manager.internal.command.PluginCommand;
import io.caracal.plugin.signing.Fingerprint;
import io.caracal.plugin.signing.JarSigning;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.testkit.PluginKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.resolver.Resolver;

/** Plugins out of catalogues, by the commands that an operator gives. */
class CatalogueTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final String VIEW = "test.view";

  @TempDir private Path temporary;
  private PluginKey key;
  private Path shelf;
  private Bench bench;
  private PluginCommand command;
  private final HttpServer server = server();

  /** What a command answered. */
  private record Said(int code, String text) {}

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    key = PluginKey.trustedIn(temporary);
    shelf = Files.createDirectories(temporary.resolve("shelf"));
    server.createContext("/", SimpleFileServer.createFileHandler(shelf));
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.stop(0);
    bench.close();
  }

  private URI http() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void open(URI... catalogues) throws Exception {
    bench =
        new Bench(
            temporary.resolve("plugins"),
            () -> {},
            "caracal.plugins.trust",
            "enforce",
            "caracal.plugins.trust-dir",
            temporary.resolve("config/trust").toString(),
            "caracal.plugins.catalogues",
            String.join(", ", Arrays.stream(catalogues).map(URI::toString).toList()));
    BundleContext context = bench.felix().context();
    Resolver resolver = context.getService(context.getServiceReference(Resolver.class));
    command =
        new PluginCommand(
            context,
            bench.lifecycle,
            new Catalogues(context, bench.lifecycle, bench.gate),
            new Planner(context, bench.lifecycle, bench.gate, resolver));
  }

  private Said ask(String action, String name, String... flags) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Map<String, Object> options = new HashMap<>(Map.of("action", action, "name", name));
    options.putAll(Map.of("out", out, "err", out, "actor", "root"));
    for (String flag : flags) {
      options.put(flag, true);
    }
    int code = command.applyAsInt(options);
    return new Said(code, bytes.toString(StandardCharsets.UTF_8));
  }

  private Path plugin(String version, String... headers) throws IOException {
    return key.sign(TestPlugin.write(shelf.resolve("p-" + version + ".jar"), version, headers));
  }

  private Path view(String version) throws IOException {
    return key.sign(
        TestPlugin.write(
            shelf.resolve("v-" + version + ".jar"),
            version,
            "Bundle-SymbolicName",
            VIEW,
            "Bundle-Description",
            "a view of packets",
            "Provide-Capability",
            "test.view;version:Version=" + version));
  }

  private void index(PluginKey by, Instant time) throws Exception {
    new CatalogueWriter(jar -> JarSigning.sign(jar, by.key())).write(shelf, "test.shelf", time);
  }

  private String apply(String lines, String... flags) throws IOException {
    return ask("apply", Files.writeString(temporary.resolve("want"), lines).toString(), flags)
        .text();
  }

  @Test
  void theHighestVersionThatFitsIsInstalledAndLaterOnesAreOffered() throws Exception {
    plugin("1.0.0");
    plugin("2.0.0");
    plugin("3.0.0", "Require-Capability", "test.view;filter:=\"(version>=7)\"");
    index(key, NOW);
    open(shelf.toUri());

    assertThat(ask("search", "").text())
        .containsPattern("test\\.plugin +1\\.0\\.0 +available +developer")
        .containsPattern("test\\.plugin +3\\.0\\.0 +does not fit .*requires test\\.view");
    assertThat(ask("install", "test.plugin@[1,2)").text())
        .contains("test.plugin 1.0.0 is in use; signed by developer");
    assertThat(ask("list", "").text())
        .containsPattern("1\\.0\\.0 +in use .*developer +2\\.0\\.0 is offered");
    assertThat(ask("search", "plugin").text())
        .containsPattern("1\\.0\\.0 +in use")
        .containsPattern("2\\.0\\.0 +update");
    assertThat(bench.state()).as("nothing is updated unasked").isEqualTo("1.0.0 promoted");

    assertThat(ask("plan", "plugin").text())
        .contains("test.plugin 3.0.0 does not fit: it requires test.view (version>=7)")
        .contains("install test.plugin 2.0.0");
    assertThat(ask("install", "plugin").text()).contains("test.plugin 2.0.0 is in use");
    assertThat(bench.state()).isEqualTo("1.0.0 standby, 2.0.0 promoted");
    assertThat(ask("install", "plugin").text()).contains("nothing higher is offered that fits");
    Said refused = ask("install", "plugin@3");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.text()).contains("cannot be done: test.plugin 3.0.0 does not fit");
    assertThat(ask("install", "plugin@9").text())
        .contains("no catalogue offers test.plugin@9.0.0; it offers 3.0.0, 2.0.0, 1.0.0");
  }

  @Test
  void whatAPluginRequiresComesWithItAndBothGoAsOne() throws Exception {
    plugin("1.0.0", "Require-Capability", "test.view;filter:=\"(version>=2)\"");
    view("1.0.0");
    view("2.0.0");
    view("2.1.0");
    index(key, NOW);
    open(http());

    assertThat(ask("search", "PACKETS").text()).contains("a view of packets").contains("2.1.0");
    assertThat(ask("search", "test.plugin").text()).contains("brings test.view 2.1.0");
    assertThat(ask("plan", "plugin").text().lines())
        .containsExactly("install test.view 2.1.0", "install test.plugin 1.0.0");
    assertThat(ask("install", "plugin").code()).isZero();
    assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.1.0 promoted");

    assertThat(apply("test.plugin@[1,2)\n"))
        .as("a view that is required stays")
        .isEqualToIgnoringNewLines("there is nothing to do");
    assertThat(apply("# nothing\n", "dry-run").lines())
        .containsExactly("remove test.plugin 1.0.0", "remove test.view 2.1.0");
    assertThat(bench.lifecycle.plugins()).hasSize(2);
    assertThat(apply("\n")).contains("test.view 2.1.0 is removed");
    assertThat(bench.lifecycle.plugins()).isEmpty();
    assertThat(bench.lifecycle.history())
        .extracting(Change::action)
        .containsExactly("install", "install", "remove", "remove");
  }

  @Test
  void aFileBringsAboutWhatItSaysOrNothing() throws Exception {
    plugin("1.0.0");
    plugin("2.0.0");
    view("1.0.0");
    index(key, NOW);
    open(shelf.toUri());

    String first = "test.plugin@[1,2) # the tried one\nview\n";
    assertThat(apply(first, "dry-run").lines())
        .containsExactly("install test.plugin 1.0.0", "install test.view 1.0.0");
    assertThat(bench.lifecycle.plugins()).isEmpty();
    assertThat(apply(first)).contains("test.view 1.0.0 is in use");
    assertThat(apply(first)).isEqualToIgnoringNewLines("there is nothing to do");
    assertThat(apply("test.plugin@2\n").lines())
        .containsExactly(
            "test.plugin 2.0.0 is in use; signed by developer",
            "test.view 1.0.0 is removed; signed by developer");
    assertThat(apply("test.plugin@[1,2)\n")).contains("test.plugin 1.0.0 is in use");
    assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.0.0 standby");

    key.sign(
        TestPlugin.write(
            shelf.resolve("idle.jar"),
            "1.0.0",
            "Bundle-SymbolicName",
            "test.idle",
            "Bundle-Activator",
            "no.such.Activator"));
    index(key, NOW.plusSeconds(60));
    assertThat(apply("test.plugin@2\ntest.idle\n"))
        .contains("test.idle 1.0.0 does not start")
        .contains("what was done before it is undone");
    assertThat(bench.state()).isEqualTo("1.0.0 promoted, 2.0.0 standby");

    assertThat(apply("a b\n")).contains("want, line 1: 'a b' names no plugin");
    assertThat(apply("\ntest.plugin@(1\n")).contains("line 2: '(1' is no range of versions");
    assertThat(apply("view\nview@2\n")).contains("line 2: view stands there twice");
    assertThat(apply("test.none\n")).contains("no plugin test.none is installed or in a catalogue");
  }

  @Test
  void aCatalogueThatIsNotTrustedOrNotThereOffersNothing() throws Exception {
    plugin("1.0.0");
    index(key, NOW);
    open(http(), temporary.resolve("nowhere").toUri());
    Said search = ask("search", "");
    assertThat(search.code()).isEqualTo(1);
    assertThat(search.text())
        .contains("nowhere/catalogue.jar cannot be fetched")
        .containsPattern("test\\.plugin +1\\.0\\.0 +available");

    index(key, NOW.minusSeconds(1));
    assertRefused("older than the one seen last");
    Path index = shelf.resolve(CatalogueWriter.FILE);
    index(PluginKey.create(temporary.resolve("elsewhere"), "stranger"), NOW);
    assertRefused("its signer CN=stranger");
    PluginKey old =
        PluginKey.create(
            temporary.resolve("elsewhere"), "old", Instant.now().minus(Duration.ofDays(9)), 7);
    TrustFolder trust = new TrustFolder(temporary.resolve("config/trust"));
    trust.trust("old", old.key().certificate());
    index(old, NOW);
    assertRefused("the certificate of its signer old is valid from");
    index(key, NOW);
    try (FileSystem zip = FileSystems.newFileSystem(index)) {
      Files.writeString(zip.getPath("index.xml"), "<repository/>");
    }
    assertRefused("is not what was signed");
    new CatalogueWriter(jar -> JarSigning.sign(jar, key.key())).write(shelf, "test.other", NOW);
    assertRefused("was test.shelf and is test.other now");
    Files.delete(index);
    assertRefused("the server answers 404");
    index(key, NOW);
    trust.revoke(Fingerprint.of(key.key().certificate()), "the key was stolen");
    assertRefused("is revoked: the key was stolen");
  }

  /** Each time the folder that does not exist is refused as well. */
  private void assertRefused(String reason) {
    Map<String, Object> before = bench.lifecycle.counters();
    assertThat(ask("search", "").text()).contains(reason).doesNotContain("available");
    assertThat(bench.lifecycle.counters().get("plugins.refused"))
        .isEqualTo((Long) before.get("plugins.refused") + 2);
    assertThat(bench.lifecycle.history())
        .anyMatch(change -> change.action().equals("catalogue") && change.reason().contains(reason))
        .allMatch(change -> change.stage() == Stage.REFUSED);
  }

  @Test
  void bytesThatTheIndexDoesNotListAreNotInstalled() throws Exception {
    plugin("1.0.0");
    index(key, NOW);
    plugin("1.0.0", "Bundle-Description", "another");
    open(http());
    Said said = ask("install", "plugin");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("p-1.0.0.jar is not what the catalogue test.shelf lists");
    assertThat(bench.lifecycle.plugins()).isEmpty();
    assertThat(bench.lifecycle.history().getLast().reason()).contains("its SHA-256 is");
  }

  @Test
  void offersOfStrangersAndRevokedOnesDoNotFit() throws Exception {
    Path good = plugin("1.0.0");
    Path revoked = plugin("2.0.0");
    PluginKey stranger = PluginKey.create(temporary.resolve("elsewhere"), "stranger");
    stranger.sign(TestPlugin.write(shelf.resolve("p-3.jar"), "3.0.0"));
    new TrustFolder(temporary.resolve("config/trust"))
        .revoke(Fingerprint.of(Files.readAllBytes(revoked)), "it misses scans");
    index(key, NOW);
    open(http());
    assertThat(ask("search", "").text())
        .containsPattern("3\\.0\\.0 +does not fit .*CN=stranger .*is not trusted here")
        .containsPattern("2\\.0\\.0 +does not fit .*it is revoked: it misses scans");
    assertThat(ask("install", "plugin").code()).isZero();
    assertThat(bench.lifecycle.plugins().getFirst().jar().sha256())
        .isEqualTo(Fingerprint.of(Files.readAllBytes(good)));
  }

  @Test
  void withoutACatalogueTheSettingIsNamed() throws Exception {
    open();
    assertThat(ask("search", "").text()).contains("set plugins.catalogues");
  }
}
