package io.caracal.alert.syslog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.alert.syslog.internal.Receiver.Listen;
import io.caracal.testkit.Certificates;
import io.caracal.testkit.SampleEvents;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is told to a receiver that is not who it must be. */
class TlsRefusalTest {
  @TempDir private Path folder;
  private Certificates authority;

  @BeforeEach
  void makeAuthority() throws Exception {
    authority = Certificates.in(folder);
  }

  private Receiver receiver(Certificates.Pair own, Path clients) throws Exception {
    return Receiver.of("rsyslog", folder, new Listen("tls", "octet-counting", own, clients));
  }

  private SyslogSink sink(Receiver receiver, Map<String, String> more) throws Exception {
    Map<String, String> settings =
        new HashMap<>(
            ReceiversTest.settings(
                receiver, new Listen("tls", "octet-counting", null, null), "cef"));
    settings.put("syslog.tls-ca", authority.authority().toString());
    settings.putAll(more);
    return new SyslogSink(settings, ReceiversTest.FORMATS);
  }

  private static void deliver(SyslogSink sink) throws Exception {
    try {
      sink.deliver(List.of(SampleEvents.alert()));
    } finally {
      sink.close();
    }
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    try (Receiver receiver = receiver(authority.issueExpired("receiver"), null)) {
      SyslogSink sink = sink(receiver, Map.of());
      assertThatThrownBy(() -> deliver(sink))
          .hasMessageContaining("the syslog receiver localhost:" + receiver.port)
          .hasMessageContaining("its certificate has expired");
      assertThat(receiver.received()).isEmpty();
    }
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() throws Exception {
    try (Receiver receiver = receiver(authority.issueFor("siem.example", "receiver"), null)) {
      SyslogSink strict = sink(receiver, Map.of());
      assertThatThrownBy(() -> deliver(strict))
          .hasMessageContaining("its certificate is in another name");
      assertThat(receiver.received()).isEmpty();
      deliver(sink(receiver, Map.of("syslog.tls-verify", "certificate")));
      assertThat(receiver.await(1)).hasSize(1);
    }
  }

  @Test
  void anUnknownAuthorityIsRefusedButAFingerprintWillDo() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Certificates.Pair own = authority.issue("receiver");
    String other = Certificates.in(elsewhere).authority().toString();
    try (Receiver receiver = receiver(own, null)) {
      SyslogSink stranger = sink(receiver, Map.of("syslog.tls-ca", other));
      assertThatThrownBy(() -> deliver(stranger))
          .hasMessageContaining("nobody who is trusted vouches for its certificate")
          .hasMessageContaining("syslog.tls-ca");
      SyslogSink wrong = sink(receiver, Map.of("syslog.tls-verify", "sha-256:" + "00".repeat(32)));
      assertThatThrownBy(() -> deliver(wrong)).hasMessageContaining("has the fingerprint sha-256:");
      assertThat(receiver.received()).isEmpty();
      deliver(sink(receiver, Map.of("syslog.tls-verify", "sha-256:" + fingerprint(own))));
      assertThat(receiver.await(1)).hasSize(1);
    }
  }

  private static String fingerprint(Certificates.Pair pair) throws Exception {
    byte[] encoded =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pair.certificate())))
            .getEncoded();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  @Test
  void aReceiverThatAsksForOurCertificateGetsIt() throws Exception {
    try (Receiver receiver = receiver(authority.issue("receiver"), authority.authority())) {
      SyslogSink nameless = sink(receiver, Map.of());
      assertThatThrownBy(() -> deliver(nameless))
          .hasMessageContaining("localhost:" + receiver.port);
      assertThat(receiver.received()).isEmpty();
      Certificates.Pair own = authority.issue("sensor");
      deliver(
          sink(
              receiver,
              Map.of(
                  "syslog.tls-certificate", own.certificate().toString(),
                  "syslog.tls-key", own.key().toString())));
      assertThat(receiver.await(1)).hasSize(1);
    }
  }

  @Test
  void aWayToVerifyThatIsNoneIsRefused() {
    assertThatThrownBy(
            () ->
                new SyslogSink(
                    Map.of("syslog.host", "localhost", "syslog.tls-verify", "no"), List.of()))
        .hasMessageContaining("syslog.tls-verify is 'no' but must be");
  }
}
