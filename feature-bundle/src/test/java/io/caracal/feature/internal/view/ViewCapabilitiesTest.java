package io.caracal.feature.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bundle promises to models, as bnd wrote it, is what its services are. */
class ViewCapabilitiesTest {
  private static final Path CLASSES = Path.of("target", "classes");

  static Stream<View> views() {
    return Views.all().stream();
  }

  @ParameterizedTest
  @MethodSource("views")
  void everyViewIsACapabilityAndAService(View view) throws IOException {
    ViewDescription description = view.description();
    assertThat(manifest().getMainAttributes().getValue("Provide-Capability"))
        .contains(
            "io.caracal.view;name=%s;version:Version=\"%s\""
                .formatted(description.name(), description.version()));

    Path component = CLASSES.resolve("OSGI-INF/" + view.getClass().getName() + ".xml");
    assertThat(Files.readString(component, StandardCharsets.UTF_8))
        .contains("name=\"name\" type=\"String\" value=\"" + description.name() + "\"")
        .contains("name=\"version\" type=\"String\" value=\"" + description.version() + "\"");
  }

  private static Manifest manifest() throws IOException {
    try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
      return new Manifest(in);
    }
  }
}
