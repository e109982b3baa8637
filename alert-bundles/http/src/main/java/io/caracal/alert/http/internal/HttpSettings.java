package io.caracal.alert.http.internal;

import io.caracal.api.alert.EventType;
import io.caracal.api.plugin.SecretFile;
import io.caracal.api.plugin.Settings;
import io.caracal.api.plugin.TlsFiles;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the operator wants.
 *
 * @param url where requests go
 * @param types events that are sent
 * @param payload the format of events
 * @param framing how they are put together
 * @param bodyBytes most bytes of a body before compression, unless one event alone is longer
 * @param headers further headers
 * @param authorization scheme of the credentials, empty for none
 * @param credentials the credentials, empty for none
 * @param signing the key that signs requests, empty for none
 * @param gzip whether bodies are compressed
 * @param timeout from the request to the end of the answer
 * @param tls certificates
 */
record HttpSettings(
    URI url,
    Set<EventType> types,
    String payload,
    Framing framing,
    int bodyBytes,
    Map<String, String> headers,
    Optional<Authorization> authorization,
    Optional<SecretFile> credentials,
    Optional<SecretFile> signing,
    boolean gzip,
    Duration timeout,
    TlsFiles tls) {

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static HttpSettings of(Settings settings) {
    Framing framing = choice(settings, "http.batch", Framing.LINES);
    Optional<SecretFile> credentials = SecretFile.of(settings, "http.credentials-file");
    Authorization usual = framing == Framing.SPLUNK ? Authorization.SPLUNK : Authorization.BEARER;
    return new HttpSettings(
        url(settings.text("http.url", "")),
        EventType.list(settings, "http.types", "alert"),
        settings.text("http.payload", framing == Framing.ELASTIC ? "ecs" : "eve"),
        framing,
        settings.integer("http.batch-bytes", 1_000_000),
        headers(settings.text("http.headers", "")),
        credentials.map(file -> choice(settings, "http.authorization", usual)),
        credentials,
        SecretFile.of(settings, "http.signature-file"),
        settings.flag("http.gzip", false),
        settings.seconds("http.timeout", Duration.ofSeconds(30)),
        TlsFiles.of(settings, "http"));
  }

  private static URI url(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "http.url is missing: it says where events go; see docs/sinks.md");
    }
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw wrongUrl(text, e);
    }
    throw wrongUrl(text, new IllegalArgumentException(text));
  }

  private static IllegalArgumentException wrongUrl(String text, Exception cause) {
    return new IllegalArgumentException(
        "the setting http.url is '"
            + text
            + "' but must be http://HOST[:PORT]/PATH or https://, without user and password",
        cause);
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new TreeMap<>();
    for (String header : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(
            "the setting http.headers holds '"
                + header.strip()
                + "' but must be NAME: VALUE, several separated by semicolons");
      }
      headers.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return headers;
  }

  private static <E extends Enum<E>> E choice(Settings settings, String key, E otherwise) {
    E[] choices = otherwise.getDeclaringClass().getEnumConstants();
    String text = settings.text(key, name(otherwise));
    return Arrays.stream(choices)
        .filter(choice -> name(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the setting "
                        + key
                        + " is '"
                        + text
                        + "' but must be one of "
                        + Arrays.stream(choices)
                            .map(HttpSettings::name)
                            .collect(Collectors.joining(", "))
                        + "; see docs/sinks.md"));
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
