package io.caracal.alert.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.alert.http.internal.Receiver.Request;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import io.caracal.api.plugin.TlsFiles;
import io.caracal.testkit.Certificates;
import io.caracal.testkit.SampleEvents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSinkTest {
  @TempDir private Path folder;
  private Receiver receiver;

  /** Writes an event as JSON that holds its id, or as text. */
  private record Words(String name, String mediaType) implements EventFormat {
    @Override
    public boolean covers(Class<? extends SensorEvent> type) {
      return true;
    }

    @Override
    public byte[] write(SensorEvent event) {
      String id = event instanceof AlertEvent alert ? alert.eventId() : "other";
      String text = mediaType.contains("json") ? "{\"id\":\"" + id + " é\"}" : "alert|\"" + id;
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final List<EventFormat> FORMATS =
      List.of(
          new Words("eve", "application/json"),
          new Words("ecs", "application/json"),
          new Words("cef", "text/plain"));

  @BeforeEach
  void start() throws IOException {
    receiver = Receiver.plain();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static AlertEvent alert(int revision) {
    return SampleEvents.alert("a", revision, Severity.HIGH);
  }

  private static HttpSink sinkTo(String url, String... settings) throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("service.pid", "io.caracal.sink.http~set");
    all.put("http.url", url);
    for (int i = 0; i < settings.length; i += 2) {
      all.put("http." + settings[i], settings[i + 1]);
    }
    return new HttpSink(all, FORMATS);
  }

  private HttpSink sink(String... settings) throws IOException {
    return sinkTo(receiver.url(), settings);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void eventsGoAsLines() throws Exception {
    sink("headers", "X-Tenant: soc; X-Site: north").deliver(List.of(alert(0), alert(1)));
    Request request = receiver.requests.remove();
    assertThat(request.text()).isEqualTo("{\"id\":\"a-0 é\"}\n{\"id\":\"a-1 é\"}\n");
    assertThat(request.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(request.header("X-Tenant")).isEqualTo("soc");
    assertThat(request.header("X-Site")).isEqualTo("north");
    assertThat(request.headers()).doesNotContainKeys("Authorization", Signature.HEADER);
  }

  @Test
  void aRepetitionHasTheSameKey() throws Exception {
    HttpSink sink = sink();
    sink.deliver(List.of(alert(0)));
    sink.deliver(List.of(alert(0)));
    sink.deliver(List.of(alert(1)));
    List<String> keys =
        receiver.requests.stream().map(request -> request.header("Idempotency-Key")).toList();
    assertThat(keys.get(0)).matches("\"[0-9a-f]{64}\"").isEqualTo(keys.get(1));
    assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
  }

  @Test
  void bodiesAreDividedBySize() throws Exception {
    sink("batch", "array", "batch-bytes", "30").deliver(List.of(alert(0), alert(1), alert(2)));
    assertThat(receiver.requests)
        .extracting(Request::text)
        .containsExactly("[{\"id\":\"a-0 é\"},{\"id\":\"a-1 é\"}]", "[{\"id\":\"a-2 é\"}]");
  }

  @Test
  void textThatIsNoJsonBecomesAString() throws Exception {
    sink("batch", "array", "payload", "cef").deliver(List.of(alert(0)));
    sink("payload", "cef").deliver(List.of(alert(0)));
    assertThat(receiver.requests.remove().text()).isEqualTo("[\"alert|\\\"a-0\"]");
    assertThat(receiver.requests.remove().text()).isEqualTo("alert|\"a-0\n");
  }

  @Test
  void elasticsearchCreatesDocumentsOnce() throws Exception {
    String item = "{\"create\":{\"status\":%d,\"error\":{\"type\":\"mapping\"}}}";
    String answer = "{\"errors\":true,\"items\":[" + item + "," + item + "]}";
    receiver.reply(200, Map.of(), answer.formatted(201, 409));
    receiver.reply(200, Map.of(), answer.formatted(201, 400));
    receiver.reply(200, Map.of(), "{}");
    HttpSink sink = sink("batch", "elastic");
    sink.deliver(List.of(alert(0), alert(1)));
    assertThat(receiver.requests.remove().text())
        .isEqualTo(
            """
            {"create":{"_id":"a-0"}}
            {"id":"a-0 é"}
            {"create":{"_id":"a-1"}}
            {"id":"a-1 é"}
            """);
    assertThatThrownBy(() -> sink.deliver(List.of(alert(0), alert(1))))
        .hasMessageContaining("1 documents were not taken, the first because of 400")
        .hasMessageContaining("mapping");
    assertThatThrownBy(() -> sink.deliver(List.of(alert(0))))
        .hasMessageContaining("not that of a bulk request");
  }

  @Test
  void splunkGetsTimeAndToken() throws Exception {
    receiver.reply(200, Map.of(), "{\"text\":\"Success\",\"code\":0}");
    receiver.reply(200, Map.of(), "{\"text\":\"Incorrect index\",\"code\":7}");
    Path token = file("token", "7c1f\n");
    HttpSink sink = sink("batch", "splunk", "credentials-file", token.toString());
    sink.deliver(List.of(alert(0)));
    Request request = receiver.requests.remove();
    assertThat(request.header("Authorization")).isEqualTo("Splunk 7c1f");
    assertThat(request.text())
        .isEqualTo(
            """
            {"time":1763629574.250,"source":"caracal","sourcetype":"caracal:eve",\
            "event":{"id":"a-0 é"}}
            """);
    assertThatThrownBy(() -> sink.deliver(List.of(alert(0)))).hasMessageContaining("Incorrect");
  }

  @Test
  void aNewSecretCountsAtOnce() throws Exception {
    Path secret = file("credentials", "sensor:ünsafe");
    HttpSink sink = sink("credentials-file", secret.toString(), "authorization", "basic");
    sink.deliver(List.of(alert(0)));
    Files.writeString(secret, "sensor:better\n");
    sink.deliver(List.of(alert(0)));
    assertThat(receiver.requests)
        .extracting(request -> request.header("Authorization"))
        .containsExactly("Basic c2Vuc29yOsO8bnNhZmU=", "Basic c2Vuc29yOmJldHRlcg==");
    Files.delete(secret);
    assertThatThrownBy(() -> sink.deliver(List.of(alert(0))))
        .hasMessageContaining("credentials of the setting http.credentials-file cannot be read");
  }

  @Test
  void whatIsSentIsSigned() throws Exception {
    Path key = file("key", "between us\n");
    sink("signature-file", key.toString(), "gzip", "true").deliver(List.of(alert(0)));
    Request request = receiver.requests.remove();
    String signature = request.header(Signature.HEADER);
    long seconds = Long.parseLong(signature.substring(2, signature.indexOf(',')));
    assertThat(signature).isEqualTo(Signature.of("between us", seconds, request.body().bytes));
    InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(request.body().bytes));
    assertThat(unpacked).hasContent("{\"id\":\"a-0 é\"}\n");
    assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
  }

  @Test
  void aRefusalSaysWhatToDo() throws Exception {
    receiver.reply(401, Map.of(), "who\nare you");
    assertThatThrownBy(() -> sink().deliver(List.of(alert(0))))
        .hasMessageContaining("refuses events: status 401 (who are you); check http.authorization");
    receiver.reply(308, Map.of("Location", "http://other/alerts"), "");
    assertThatThrownBy(() -> sink().deliver(List.of(alert(0))))
        .hasMessageContaining("set http.url to http://other/alerts");
    receiver.reply(413, Map.of(), "");
    assertThatThrownBy(() -> sink().deliver(List.of(alert(0))))
        .hasMessageContaining("lower http.batch-bytes");
  }

  @Test
  void aReceiverThatAsksForItIsLeftAlone() throws Exception {
    receiver.reply(429, Map.of("Retry-After", "1"), "");
    HttpSink sink = sink();
    assertThatThrownBy(() -> sink.deliver(List.of(alert(0))))
        .hasMessageContaining("cannot take events now: status 429");
    sink.deliver(List.of(alert(0)));
    assertThat(receiver.requests).hasSize(2);
  }

  @Test
  void aSlowAnswerIsNoSuccess() throws Exception {
    receiver.replyAfter(60_000);
    assertThatThrownBy(() -> sink("timeout", "0.2").deliver(List.of(alert(0))))
        .hasMessageContaining("did not answer within 0.2 s");
  }

  @Test
  void aCutConnectionIsNoSuccess() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> cut(server));
      HttpSink sink = sinkTo("http://127.0.0.1:" + server.getLocalPort() + "/");
      assertThatThrownBy(() -> sink.deliver(List.of(alert(0))))
          .hasMessageContaining("cannot be reached");
    }
    String closed = receiver.url();
    receiver.close();
    assertThatThrownBy(() -> sinkTo(closed).deliver(List.of(alert(0))))
        .hasMessageContaining("cannot be reached: nobody listens there");
  }

  /** Says success, and ends in the middle of its answer. */
  private static void cut(ServerSocket server) {
    try (Socket connection = server.accept()) {
      connection.getInputStream().read();
      connection
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bothSidesShowTheirCertificates() throws Exception {
    Certificates certificates = Certificates.in(folder);
    Certificates.Pair server = certificates.issue("server");
    Certificates.Pair client = certificates.issue("client");
    String authority = certificates.authority().toString();
    Path authorities = certificates.authority();
    try (Receiver secure =
        Receiver.tls(
            new TlsFiles(
                    Optional.of(authorities),
                    Optional.of(server.certificate()),
                    Optional.of(server.key()))
                .context())) {
      String[] known = {
        "tls-ca", authority,
        "tls-certificate", client.certificate().toString(),
        "tls-key", client.key().toString()
      };
      sinkTo(secure.url(), known).deliver(List.of(alert(0)));
      assertThat(secure.requests).hasSize(1);
      assertThatThrownBy(() -> sinkTo(secure.url(), "tls-ca", authority).deliver(List.of(alert(0))))
          .hasMessageContaining("cannot be reached");
      assertThatThrownBy(() -> sinkTo(secure.url()).deliver(List.of(alert(0))))
          .hasMessageContaining("certification path");
      assertThat(secure.requests).hasSize(1);
    }
  }

  @Test
  void wrongSettingsAreTold() {
    assertThatThrownBy(() -> sinkTo("")).hasMessageContaining("http.url is missing");
    assertThatThrownBy(() -> sinkTo("ftp://siem/")).hasMessageContaining("must be http://HOST");
    assertThatThrownBy(() -> sinkTo("http://u:p@siem/")).hasMessageContaining("without user");
    assertThatThrownBy(() -> sink("batch", "bulk"))
        .hasMessageContaining("http.batch is 'bulk' but must be one of lines, array, elastic");
    assertThatThrownBy(() -> sink("headers", "X-Tenant")).hasMessageContaining("NAME: VALUE");
    assertThatThrownBy(() -> sink("payload", "xml").deliver(List.of(alert(0))))
        .hasMessageContaining("the format 'xml' is not installed");
  }
}
