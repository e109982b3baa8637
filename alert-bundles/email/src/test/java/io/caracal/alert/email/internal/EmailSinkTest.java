package io.caracal.alert.email.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.DeliverLater;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import io.caracal.testkit.SampleEvents;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmailSinkTest {
  @TempDir private Path folder;
  private GreenMail server;
  private Instant now = Instant.parse("2025-11-20T10:00:00Z");

  @BeforeEach
  void start() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private EmailSink sink(String... settings) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("service.pid", "io.caracal.sink.email~set");
    all.put("email.host", "127.0.0.1");
    all.put("email.port", Integer.toString(server.getSmtp().getPort()));
    all.put("email.security", "none");
    all.put("email.from", "Sensor <sensor@example.org>");
    all.put("email.to", "soc@example.org, night@example.org");
    for (int i = 0; i < settings.length; i += 2) {
      all.put("email." + settings[i], settings[i + 1]);
    }
    return new EmailSink(all, () -> now);
  }

  private static AlertEvent alert(String id, int revision, Severity severity) {
    return SampleEvents.alert(id, revision, severity);
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(index);
    return (String) part.getContent();
  }

  @Test
  void alertsAreGatheredForTheInterval() throws Exception {
    EmailSink sink = sink("interval", "900");
    List<SensorEvent> gathered = new ArrayList<>(List.of(alert("a", 0, Severity.MEDIUM)));
    DeliverLater later =
        catchThrowableOfType(DeliverLater.class, () -> sink.deliver(List.copyOf(gathered)));
    assertThat(later.longest()).isEqualTo(Duration.ofMinutes(15));
    now = now.plusSeconds(600);
    gathered.add(alert("b", 0, Severity.LOW));
    later = catchThrowableOfType(DeliverLater.class, () -> sink.deliver(List.copyOf(gathered)));
    assertThat(later.longest()).isEqualTo(Duration.ofMinutes(5));
    assertThat(server.getReceivedMessages()).isEmpty();
    now = now.plusSeconds(300);
    gathered.add(alert("a", 1, Severity.MEDIUM));
    sink.deliver(gathered);
    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(2); // one per recipient
    assertThat(mails[0].getSubject())
        .isEqualTo("[Caracal] 2 alerts (1 medium, 1 low): scan by 203.0.113.45 against 4 hosts");
    assertThat(part(mails[0], 0))
        .containsPattern("medium +new +2025-11-20 09:06:14 UTC +scan by 203.0.113.45")
        .contains("with SYN: 1, typically 2, less than in 97.0 %", "confidence 94 %", "T1046");
    assertThat(part(mails[0], 1)).contains("<td>medium</td>", "ATT&amp;CK technique T1046");
  }

  @Test
  void highSeverityIsToldAtOnceAndOnce() throws Exception {
    EmailSink sink = sink();
    sink.deliver(List.of(alert("a", 0, Severity.HIGH)));
    assertThat(server.getReceivedMessages()[0].getHeader("Importance")).containsExactly("high");
    assertThatThrownBy(() -> sink.deliver(List.of(alert("a", 1, Severity.HIGH))))
        .isInstanceOf(DeliverLater.class);
    EmailSink patient = sink("urgent", "false");
    assertThatThrownBy(() -> patient.deliver(List.of(alert("b", 0, Severity.HIGH))))
        .isInstanceOf(DeliverLater.class);
  }

  @Test
  void moreMailsThanAllowedWait() throws Exception {
    EmailSink sink = sink("per-hour", "2");
    sink.deliver(List.of(alert("a", 0, Severity.HIGH)));
    now = now.plusSeconds(60);
    sink.deliver(List.of(alert("b", 0, Severity.HIGH)));
    now = now.plusSeconds(60);
    List<SensorEvent> third = List.of(alert("c", 0, Severity.HIGH));
    DeliverLater later = catchThrowableOfType(DeliverLater.class, () -> sink.deliver(third));
    assertThat(later.longest()).isEqualTo(Duration.ofMinutes(58));
    now = now.plus(later.longest());
    sink.deliver(third);
    assertThat(server.getReceivedMessages()).hasSize(6);
  }

  @Test
  void headersIdentifyTheMail() throws Exception {
    List<SensorEvent> events = List.of(alert("a", 0, Severity.HIGH));
    sink().deliver(events);
    sink().deliver(events);
    sink().deliver(List.of(alert("a", 1, Severity.HIGH)));
    MimeMessage[] mails = server.getReceivedMessages(); // three per recipient
    assertThat(mails[0].getMessageID()).matches("<[0-9a-f-]{36}@example\\.org>");
    assertThat(mails[1].getMessageID()).isEqualTo(mails[0].getMessageID());
    assertThat(mails[2].getMessageID()).isNotEqualTo(mails[0].getMessageID());
    assertThat(mails[0].getHeader("List-Id"))
        .containsExactly("Caracal alerts <caracal.example.org>");
    assertThat(mails[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mails[0].getSentDate()).isEqualTo(Instant.parse("2025-11-20T10:00:00Z"));
    assertThat(mails[0].getContentType()).startsWith("multipart/alternative");
  }

  @Test
  void hostileTextForgesNothing() throws Exception {
    sink().deliver(List.of(alert("a\r\nBcc: all@example.org\r\n<script>", 0, Severity.HIGH)));
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(part(mail, 0)).contains("a Bcc: all@example.org <script>");
    assertThat(part(mail, 1)).contains("&lt;script&gt;").doesNotContain("<script>");
  }

  @Test
  void aServerThatIsAwayIsTold() throws Exception {
    EmailSink sink = sink();
    server.stop();
    assertThatThrownBy(() -> sink.deliver(List.of(alert("a", 0, Severity.HIGH))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not take a mail")
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void whoIsRefusedIsTold() throws Exception {
    server.setUser("sensor@example.org", "sensor", "right");
    Path password = Files.writeString(folder.resolve("password"), "wrong\n");
    EmailSink sink = sink("user", "sensor", "password-file", password.toString());
    List<SensorEvent> events = List.of(alert("a", 0, Severity.HIGH));
    assertThatThrownBy(() -> sink.deliver(events))
        .hasMessageContaining("check email.user and what email.password-file holds");
    Files.writeString(password, "right\n");
    sink.deliver(events);
    assertThat(server.getReceivedMessages()).hasSize(2);
  }

  @Test
  void withoutTheTlsThatIsRequiredNothingIsSent() throws Exception {
    EmailSink sink = sink("security", "starttls");
    assertThatThrownBy(() -> sink.deliver(List.of(alert("a", 0, Severity.HIGH))))
        .hasMessageContaining("STARTTLS is required");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void wrongSettingsAreTold() {
    assertThatThrownBy(() -> sink("to", "nobody at all"))
        .hasMessageContaining("email.to is 'nobody at all' but must be mail addresses");
    assertThatThrownBy(() -> sink("security", "ssl")).hasMessageContaining("starttls, tls or none");
    assertThatThrownBy(() -> sink("user", "sensor")).hasMessageContaining("belong together");
    assertThatThrownBy(() -> sink("host", "")).hasMessageContaining("email.host is missing");
  }
}
