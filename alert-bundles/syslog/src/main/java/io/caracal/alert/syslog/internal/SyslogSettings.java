package io.caracal.alert.syslog.internal;

import io.caracal.api.alert.EventType;
import io.caracal.api.plugin.Settings;
import io.caracal.api.plugin.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The settings of one receiver.
 *
 * @param receiver where it is
 * @param transport {@code udp}, {@code tcp} or {@code tls}
 * @param octetCounting whether TCP messages begin with their length; else they end with a newline
 * @param header how messages begin
 * @param payload name of the format of what they say
 * @param types events that are sent
 * @param facility of RFC 5424, 0 to 23
 * @param appName this application
 * @param hostName this machine
 * @param maxBytes longer messages are cut
 * @param bom whether text that is not ASCII begins with a byte order mark, as RFC 5424 has it
 * @param peer how TLS is spoken; used with {@code tls} only
 */
record SyslogSettings(
    Receiver receiver,
    String transport,
    boolean octetCounting,
    String header,
    String payload,
    Set<EventType> types,
    int facility,
    String appName,
    String hostName,
    int maxBytes,
    boolean bom,
    TlsPeer peer) {
  private static final List<String> FACILITIES =
      List.of(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "syslog",
          "lpr",
          "news",
          "uucp",
          "cron",
          "authpriv",
          "ftp",
          "ntp",
          "audit",
          "alert",
          "clock",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");
  private static final int PORT = 514; // RFC 5426, and what RFC 6587 finds in use
  private static final int TLS_PORT = 6514; // RFC 5425
  private static final int MAX_BYTES = 8192;
  private static final int LEAST_BYTES = 480; // RFC 5426: what every receiver takes

  /**
   * Where messages go.
   *
   * @param host name or address
   * @param port UDP or TCP
   * @param connect how long to wait for a connection
   * @param write how long a delivery may take
   */
  record Receiver(String host, int port, Duration connect, Duration write) {
    @Override
    public String toString() {
      return host + ':' + port;
    }
  }

  static SyslogSettings of(Settings settings) throws IOException {
    String transport = choice(settings, "syslog.transport", "tcp", "udp", "tls");
    String host = settings.text("syslog.host", "");
    if (host.isEmpty()) {
      throw new IllegalArgumentException(
          "syslog.host is missing: it names the receiver; see docs/sinks.md");
    }
    Receiver receiver =
        new Receiver(
            host,
            settings.integer("syslog.port", transport.equals("tls") ? TLS_PORT : PORT),
            settings.seconds("syslog.connect-timeout", Duration.ofSeconds(5)),
            settings.seconds("syslog.write-timeout", Duration.ofSeconds(10)));
    int maxBytes = settings.integer("syslog.max-bytes", MAX_BYTES);
    if (maxBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "syslog.max-bytes is " + maxBytes + " but must be at least " + LEAST_BYTES);
    }
    return new SyslogSettings(
        receiver,
        transport,
        choice(settings, "syslog.framing", "octet-counting", "newline").equals("octet-counting"),
        choice(settings, "syslog.format", "rfc5424", "rfc3164"),
        settings.text("syslog.payload", "eve"),
        EventType.list(settings, "syslog.types", "alert,drift"),
        FACILITIES.indexOf(
            choice(settings, "syslog.facility", "local0", FACILITIES.toArray(String[]::new))),
        settings.text("syslog.app-name", "caracal"),
        settings.text("syslog.host-name", machine()),
        maxBytes,
        settings.flag("syslog.bom", true),
        TlsPeer.of(settings.text("syslog.tls-verify", "name"), TlsFiles.of(settings, "syslog")));
  }

  private static String choice(Settings settings, String key, String otherwise, String... others) {
    String value = settings.text(key, otherwise);
    if (!value.equals(otherwise) && !Arrays.asList(others).contains(value)) {
      throw new IllegalArgumentException(
          "the setting %s is '%s' but must be one of %s, %s; see docs/configuration.md"
              .formatted(key, value, otherwise, String.join(", ", others)));
    }
    return value;
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "-"; // RFC 5424: not known
    }
  }

  Channel channel() throws IOException {
    return switch (transport) {
      case "udp" -> new UdpChannel(receiver);
      case "tls" -> new StreamChannel(receiver, octetCounting, peer.connector(receiver));
      default -> new StreamChannel(receiver, octetCounting, Connector.plain(receiver));
    };
  }
}
