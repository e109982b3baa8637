package io.caracal.alert.syslog.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventType;
import io.caracal.api.alert.SensorEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The header and the structured data of RFC 5424. The message id is the type of the event; the
 * structured data of an alert name it. Their id uses 32473, the enterprise number that RFC 5612
 * sets aside for documentation, since Caracal has none.
 */
final class Rfc5424 implements Header {
  private static final int HOST_NAME = 255; // characters, as are these
  private static final int APP_NAME = 48;
  private static final int VALUE = 64;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final String origin;

  Rfc5424(String hostName, String appName) {
    origin =
        Header.field(hostName, HOST_NAME)
            + ' '
            + Header.field(appName, APP_NAME)
            + ' '
            + ProcessHandle.current().pid();
  }

  @Override
  public String of(int priority, SensorEvent event) {
    return "<%d>1 %s %s %s %s "
        .formatted(
            priority,
            TIME.format(Instant.EPOCH.plusNanos(event.timeNanos())),
            origin,
            EventType.of(event).key(),
            event instanceof AlertEvent alert ? data(alert) : "-");
  }

  private static String data(AlertEvent alert) {
    return "[caracal@32473"
        + parameter("eventId", alert.eventId())
        + parameter("alertId", alert.id())
        + parameter("revision", Integer.toString(alert.revision()))
        + parameter("state", alert.state().name().toLowerCase(Locale.ROOT))
        + parameter("class", alert.attackClass().name())
        + parameter("attacker", alert.attacker())
        + parameter("communityId", alert.strongest().identity().communityId())
        + ']';
  }

  /** Values escape {@code "}, {@code \} and {@code ]}; what does not print has no place in them. */
  private static String parameter(String name, String value) {
    StringBuilder text = new StringBuilder(" ").append(name).append("=\"");
    value
        .codePoints()
        .limit(VALUE)
        .forEach(
            c -> {
              if (c == '"' || c == '\\' || c == ']') {
                text.append('\\');
              }
              text.appendCodePoint(prints(c) ? c : 0xFFFD);
            });
    return text.append('"').toString();
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  @Override
  public boolean marksUtf8() {
    return true;
  }
}
