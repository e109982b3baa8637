package io.caracal.alert.http.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the sensor says who it is: the scheme of the header {@code Authorization}. */
enum Authorization {
  /** User and password, as {@code USER:PASSWORD} (RFC 7617). */
  BASIC("Basic"),
  /** A token (RFC 6750). */
  BEARER("Bearer"),
  /** A key of Elasticsearch, as its interface gives it out encoded. */
  APIKEY("ApiKey"),
  /** A token of Splunk's HTTP Event Collector. */
  SPLUNK("Splunk");

  private final String scheme;

  Authorization(String scheme) {
    this.scheme = scheme;
  }

  String header(String secret) {
    return scheme
        + ' '
        + (this == BASIC
            ? Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))
            : secret);
  }
}
