package io.caracal.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  @TempDir private Path folder;

  @Test
  void withoutFilesThePlatformDecides() throws IOException {
    TlsFiles files = TlsFiles.of(Settings.of(Map.of()), "http");
    assertThat(files.changed()).isZero();
    assertThat(files.context().getProtocol()).isEqualTo("TLS");
  }

  @Test
  void aCertificateNeedsItsKey() {
    Settings settings = Settings.of(Map.of("http.tls-certificate", "own.pem"));
    assertThatThrownBy(() -> TlsFiles.of(settings, "http"))
        .hasMessageContaining("http.tls-certificate and http.tls-key belong together");
  }

  @Test
  void whatIsWrongNamesTheFile() throws IOException {
    Path text = Files.writeString(folder.resolve("ca.pem"), "no certificate\n");
    Settings settings = Settings.of(Map.of("http.tls-ca", text.toString()));
    assertThatThrownBy(() -> TlsFiles.of(settings, "http").context())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(text + " holds no certificates in PEM");
    Settings missing = Settings.of(Map.of("http.tls-ca", folder.resolve("none.pem").toString()));
    assertThatThrownBy(() -> TlsFiles.of(missing, "http").context())
        .hasMessageContaining("none.pem does not exist");
  }
}
