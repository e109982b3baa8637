package io.caracal.alert.email.internal;

import io.caracal.api.plugin.SecretFile;
import io.caracal.api.plugin.Settings;
import io.caracal.api.plugin.TlsFiles;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the operator wants.
 *
 * @param host the mail server
 * @param port its port
 * @param security how the connection is protected
 * @param from sender
 * @param to recipients
 * @param user user at the server, empty to send without
 * @param password the user's
 * @param interval alerts are gathered for so long
 * @param urgent whether one of high severity ends that
 * @param perHour most mails in an hour
 * @param timeout of one step of the conversation with the server
 * @param tls certificates
 */
record EmailSettings(
    String host,
    int port,
    Security security,
    InternetAddress from,
    List<InternetAddress> to,
    String user,
    Optional<SecretFile> password,
    Duration interval,
    boolean urgent,
    int perHour,
    Duration timeout,
    TlsFiles tls) {

  /** How the connection is protected. */
  enum Security {
    /** It becomes TLS before anything else is said (RFC 3207); required. */
    STARTTLS(587),
    /** It is TLS from the beginning (RFC 8314). */
    TLS(465),
    /** Not at all. */
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    static Security of(String text) {
      return Arrays.stream(values())
          .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "the setting email.security is '"
                          + text
                          + "' but must be starttls, tls or none; see docs/sinks.md"));
    }
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static EmailSettings of(Settings settings) {
    Security security = Security.of(settings.text("email.security", "starttls"));
    String user = settings.text("email.user", "");
    Optional<SecretFile> password = SecretFile.of(settings, "email.password-file");
    if (user.isEmpty() == password.isPresent()) {
      throw new IllegalArgumentException(
          "email.user and email.password-file belong together, but only one of them is set");
    }
    List<InternetAddress> from = addresses(settings, "email.from");
    return new EmailSettings(
        required(settings, "email.host"),
        settings.integer("email.port", security.port),
        security,
        from.getFirst(),
        addresses(settings, "email.to"),
        user,
        password,
        settings.seconds("email.interval", Duration.ofMinutes(15)),
        settings.flag("email.urgent", true),
        settings.integer("email.per-hour", 12),
        settings.seconds("email.timeout", Duration.ofSeconds(30)),
        TlsFiles.of(settings, "email"));
  }

  private static String required(Settings settings, String key) {
    String text = settings.text(key, "");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(key + " is missing; see docs/sinks.md");
    }
    return text;
  }

  private static List<InternetAddress> addresses(Settings settings, String key) {
    String text = required(settings, key);
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      for (InternetAddress address : addresses) {
        address.validate();
      }
      return List.of(addresses);
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "the setting "
              + key
              + " is '"
              + text
              + "' but must be mail addresses, separated by commas: "
              + e.getMessage(),
          e);
    }
  }

  /** The domain of the sender. */
  String domain() {
    String address = from.getAddress();
    return address.substring(address.indexOf('@') + 1);
  }
}
