package io.caracal.alert.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
  private static final Instant NOW = Instant.parse("2025-11-20T09:04:03Z");

  private record Response(int statusCode, HttpHeaders headers, String text)
      implements HttpResponse<byte[]> {
    @Override
    public HttpRequest request() {
      return HttpRequest.newBuilder(uri()).build();
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return URI.create("https://siem.example/alerts");
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  private static Answer answer(int status, String retryAfter, String text) {
    Map<String, List<String>> headers =
        retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", List.of(retryAfter));
    return Answer.of(
        new Response(status, HttpHeaders.of(headers, (name, value) -> true), text), NOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void aBusyReceiverIsTriedAgainSoon(int status) {
    assertThat(answer(status, "", "").passing()).isTrue();
    assertThat(answer(status, "", "").pause()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403, 404, 413, 415, 422})
  void aRefusalIsTriedAgainSlowly(int status) {
    assertThat(answer(status, "", "").accepted()).isFalse();
    assertThat(answer(status, "", "").passing()).isFalse();
    assertThat(answer(status, "", "").pause()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void thePauseAskedForIsKept() {
    assertThat(answer(503, "120", "").pause()).isEqualTo(Duration.ofMinutes(2));
    assertThat(answer(429, "Thu, 20 Nov 2025 09:04:33 GMT", "").pause())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(answer(429, "999999999", "").pause()).isEqualTo(Duration.ofHours(1));
    assertThat(answer(429, "soon", "").pause()).isZero();
  }

  @Test
  void whatTheReceiverSaysStaysOneShortLine() {
    String sentence = answer(400, "", "no\r\n\u001b[31mERROR forged " + "x".repeat(500)).sentence();
    assertThat(sentence).doesNotContainPattern("\\p{Cntrl}").contains("no [31mERROR forged");
    assertThat(sentence.length()).isLessThan(400);
  }
}
