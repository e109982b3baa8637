package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import io.caracal.itests.plugin.TinyView;
import io.caracal.testkit.PluginKey;
import io.caracal.testkit.TinyModelBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view that a plugin brings, and a model that only it can feed. */
class PluginViewIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COMPONENT = "OSGI-INF/view.xml";

  @TempDir private Path folder;
  private PluginKey key;

  @BeforeEach
  void install() throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "test.view.tiny");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", "io.caracal.api.flow;version=\"[1,2)\"");
    main.putValue("Provide-Capability", TinyModelBundle.VIEW_CAPABILITY);
    main.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"");
    main.putValue("Service-Component", COMPONENT);
    String type = TinyView.class.getName();
    String component =
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="tiny">
          <implementation class="%s"/>
          <service><provide interface="io.caracal.api.flow.View"/></service>
        </scr:component>
        """
            .formatted(type);
    String resource = type.replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(plugins.resolve("tiny-view.jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream code = TinyView.class.getClassLoader().getResourceAsStream(resource)) {
      jar.putNextEntry(new ZipEntry(COMPONENT));
      jar.write(component.getBytes(StandardCharsets.UTF_8));
      jar.putNextEntry(new ZipEntry(resource));
      jar.write(code.readAllBytes());
    }
    key = PluginKey.trustedIn(folder);
    key.sign(plugins.resolve("tiny-view.jar"));
  }

  @Test
  void itsColumnsAreWritten() throws Exception {
    Path table = folder.resolve("flows.csv");
    Result result =
        Caracal.run(folder, "flows", Caracal.SAMPLE, "--view", "tiny", "--out", table.toString());
    assertThat(result.code()).as(result.err()).isZero();

    List<String> lines = Files.readAllLines(table);
    List<String> header = Arrays.asList(lines.getFirst().split(","));
    assertThat(header).containsSubsequence("tiny/c0", "tiny/c1", "tiny/c2");
    assertThat(result.out()).contains("%,d records of".formatted(lines.size() - 1));
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = Arrays.asList(line.split(",", -1));
      assertThat(row.get(header.indexOf("tiny/c0")))
          .isEqualTo(row.get(header.indexOf("fwd_packets")));
      assertThat(row.get(header.indexOf("tiny/c1")))
          .isEqualTo(row.get(header.indexOf("bwd_packets")));
    }
  }

  @Test
  void aModelThatRequiresItResolvesAndScores() throws Exception {
    key.write(TinyModelBundle.distance("sum", "1.0.0", 0.001f), folder.resolve("plugins"));
    Result result =
        Caracal.run(
            folder,
            "replay",
            Caracal.SAMPLE,
            "--out",
            folder.toString(),
            "--set",
            "detectors.scope=sum");
    assertThat(result.code()).as(result.err()).isZero();

    JsonNode counters = counters();
    assertThat(counters.path("detectors.sum.scored").asLong()).isGreaterThan(10_000);
    assertThat(counters.path("detectors.sum.failures").asLong()).isZero();
    assertThat(
            counters.path("detectors.sum.scored").asLong()
                + counters.path("detectors.sum.abstained").asLong()
                + counters.path("detectors.sum.skipped").asLong())
        .isEqualTo(counters.path("scoring.rows").asLong());
  }

  private JsonNode counters() throws IOException {
    return JSON.readTree(folder.resolve("summary.json").toFile()).path("counters");
  }
}
