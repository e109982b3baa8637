package io.caracal.alert.http.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

/**
 * Sends requests, one after the other. A receiver that asks for a pause, or refuses, is left alone
 * for a while. One thread.
 */
final class Sender implements AutoCloseable {
  private static final int MOST_ANSWER_BYTES = 1 << 24;

  private final HttpSettings settings;
  private HttpClient client;
  private long certificates;
  private Instant notBefore = Instant.EPOCH;

  Sender(HttpSettings settings) throws IOException {
    this.settings = settings;
    this.certificates = settings.tls().changed();
    this.client = connect();
  }

  private HttpClient connect() throws IOException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(settings.timeout())
        .followRedirects(HttpClient.Redirect.NEVER)
        .sslContext(settings.tls().context())
        .build();
  }

  /**
   * Sends a body and waits for the answer.
   *
   * @throws IOException if the receiver did not take it, with a sentence for the operator
   */
  void send(byte[] body, String mediaType) throws IOException, InterruptedException {
    long pause = Instant.now().until(notBefore).toMillis();
    if (pause > 0) {
      Thread.sleep(pause);
    }
    renewCertificates();
    HttpResponse<byte[]> response = exchange(request(body, mediaType));
    Answer answer = Answer.of(response, Instant.now());
    if (!answer.accepted()) {
      notBefore = Instant.now().plus(answer.pause());
      throw new IOException(answer.sentence());
    }
    Optional<String> problem = Report.problem(settings.framing(), response.body());
    if (problem.isPresent()) {
      throw new IOException(settings.url() + " took the request, but " + problem.get());
    }
  }

  private void renewCertificates() throws IOException {
    long now = settings.tls().changed();
    if (now != certificates) {
      HttpClient renewed = connect();
      client.close();
      client = renewed;
      certificates = now;
    }
  }

  private HttpRequest request(byte[] body, String mediaType) throws IOException {
    byte[] sent = settings.gzip() ? gzip(body) : body;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .POST(BodyPublishers.ofByteArray(sent))
            .header("Content-Type", mediaType)
            .header("User-Agent", "caracal")
            .header("Idempotency-Key", '"' + digest(body) + '"');
    settings.headers().forEach(request::setHeader);
    if (settings.gzip()) {
      request.header("Content-Encoding", "gzip");
    }
    if (settings.credentials().isPresent() && settings.authorization().isPresent()) {
      String secret = settings.credentials().get().read();
      request.header("Authorization", settings.authorization().get().header(secret));
    }
    if (settings.signing().isPresent()) {
      long seconds = Instant.now().getEpochSecond();
      String key = settings.signing().get().read();
      request.header(Signature.HEADER, Signature.of(key, seconds, sent));
    }
    return request.build();
  }

  /** The timeout of a request ends with the headers of the answer; ours covers its body too. */
  private HttpResponse<byte[]> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES));
    try {
      return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          settings.url()
              + " did not answer within "
              + settings.timeout().toMillis() / 1e3
              + " s; see http.timeout",
          e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(settings.url() + " cannot be reached: " + reason(cause), e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ConnectException) { // says nothing itself
      return cause.getCause() instanceof UnresolvedAddressException
          ? "the name of the host does not resolve"
          : "nobody listens there";
    }
    return Optional.ofNullable(cause.getMessage())
        .or(() -> Optional.ofNullable(cause.getCause()).map(Throwable::toString))
        .orElse(cause.getClass().getSimpleName());
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
