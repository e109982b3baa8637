package io.caracal.alert.email.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import io.caracal.api.plugin.TlsFiles;
import io.caracal.testkit.Certificates;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;

class EmailTlsTest {
  private static final List<SensorEvent> EVENTS =
      List.of(SampleEvents.alert("a", 0, Severity.HIGH));

  @TempDir private static Path folder;
  private static Certificates certificates;

  private final Queue<String> mails = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void make() throws IOException {
    certificates = Certificates.in(folder);
  }

  private static SSLContext context(Certificates.Pair pair) throws IOException {
    return new TlsFiles(Optional.empty(), Optional.of(pair.certificate()), Optional.of(pair.key()))
        .context();
  }

  private SMTPServer.Builder server() {
    return SMTPServer.port(0)
        .messageHandler(
            (context, from, to, data) -> mails.add(new String(data, StandardCharsets.UTF_8)));
  }

  private void deliver(SMTPServer server, String security) throws Exception {
    server.start();
    try {
      new EmailSink(
              Map.of(
                  "service.pid", "io.caracal.sink.email~set",
                  "email.host", "localhost",
                  "email.port", Integer.toString(server.getPortAllocated()),
                  "email.security", security,
                  "email.from", "sensor@example.org",
                  "email.to", "soc@example.org",
                  "email.tls-ca", certificates.authority().toString()))
          .deliver(EVENTS);
    } finally {
      server.stop();
    }
  }

  @Test
  void aConnectionBecomesTls() throws Exception {
    SSLContext context = context(certificates.issue("starttls"));
    deliver(server().enableTLS().requireTLS().startTlsSocketFactory(context).build(), "starttls");
    assertThat(mails).hasSize(1).first().asString().contains("Subject: [Caracal] 1 alert");
  }

  @Test
  void aConnectionIsTlsFromTheBeginning() throws Exception {
    SSLContext context = context(certificates.issue("tls"));
    deliver(server().serverSocketFactory(context).build(), "tls");
    assertThat(mails).hasSize(1);
  }

  @Test
  void aServerThatCannotProveWhoItIsGetsNothing() throws Exception {
    for (Certificates.Pair pair :
        List.of(
            certificates.issueFor("mail.example.org", "other"),
            certificates.issueExpired("expired"))) {
      SMTPServer server =
          server().enableTLS().requireTLS().startTlsSocketFactory(context(pair)).build();
      assertThatThrownBy(() -> deliver(server, "starttls"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not take a mail");
    }
    assertThat(mails).isEmpty();
  }
}
