package io.caracal.alert.http.internal;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What the receiver said to a request that it did not take.
 *
 * @param status HTTP status (RFC 9110)
 * @param url where the request went
 * @param words what the receiver said about it, without control characters, shortened
 * @param retryAfter how long it wants to be left alone, if it said so
 * @param location where it sends us, if it does
 */
record Answer(
    int status, URI url, String words, Optional<Duration> retryAfter, Optional<String> location) {
  private static final int WORDS = 200;
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration REFUSED = Duration.ofMinutes(1);

  static Answer of(HttpResponse<byte[]> response, Instant now) {
    return new Answer(
        response.statusCode(),
        response.request().uri(),
        words(response.body()),
        response.headers().firstValue("Retry-After").flatMap(text -> retryAfter(text, now)),
        response.headers().firstValue("Location").map(Answer::printable));
  }

  /** The beginning of a text that somebody else wrote, safe to log. */
  static String words(byte[] body) {
    return printable(
        new String(body, 0, Math.min(body.length, WORDS), StandardCharsets.UTF_8).strip());
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static Optional<Duration> retryAfter(String text, Instant now) {
    try {
      Duration wait =
          text.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // not a time: as if it had said none
    }
  }

  boolean accepted() {
    return status / 100 == 2;
  }

  /** Whether the same request may be taken later without anybody changing anything. */
  boolean passing() {
    return status == 408 || status == 425 || status == 429 || status / 100 == 5;
  }

  /** How long to leave the receiver alone. */
  Duration pause() {
    return retryAfter.orElse(passing() ? Duration.ZERO : REFUSED);
  }

  /** What the operator is told. */
  String sentence() {
    String said = words.isEmpty() ? "" : " (" + words + ")";
    return passing()
        ? url + " cannot take events now: status " + status + said
        : url + " refuses events: status " + status + said + "; " + remedy();
  }

  private String remedy() {
    return switch (status) {
      case 301, 302, 303, 307, 308 ->
          "it has moved, set http.url to " + location.orElse("its new place");
      case 401, 403, 407 -> "check http.authorization and what http.credentials-file holds";
      case 404, 405, 410 -> "check the path of http.url";
      case 411, 413 -> "lower http.batch-bytes";
      default -> "check http.payload and http.batch against what it expects";
    };
  }
}
