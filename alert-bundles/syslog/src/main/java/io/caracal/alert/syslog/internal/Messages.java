package io.caracal.alert.syslog.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes messages of events: a header, a space, and what a format writes. */
final class Messages {
  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] CUT = "...[cut]".getBytes(StandardCharsets.US_ASCII);
  private static final int FACTOR = 8; // RFC 5424: priority is facility times this and severity
  private static final int CRITICAL = 2;
  private static final int WARNING = 4;
  private static final int NOTICE = 5;
  private static final int INFORMATIONAL = 6;

  private final SyslogSettings settings;
  private final Header header;
  private final LongAdder cut = new LongAdder();

  Messages(SyslogSettings settings) {
    this.settings = settings;
    this.header =
        settings.header().equals("rfc5424")
            ? new Rfc5424(settings.hostName(), settings.appName())
            : new Rfc3164(settings.hostName(), settings.appName());
  }

  byte[] of(SensorEvent event, EventFormat format) {
    byte[] payload = format.write(event);
    ByteArrayOutputStream message = new ByteArrayOutputStream(payload.length + 256);
    int priority = settings.facility() * FACTOR + severity(event);
    message.writeBytes(header.of(priority, event).getBytes(StandardCharsets.UTF_8));
    if (settings.bom() && header.marksUtf8() && !ascii(payload)) {
      message.writeBytes(BOM);
    }
    int room = settings.maxBytes() - message.size();
    if (payload.length <= room) {
      message.writeBytes(payload);
    } else {
      message.write(payload, 0, boundary(payload, Math.max(0, room - CUT.length)));
      message.writeBytes(CUT);
      cut.increment();
      LOG.warn(
          "{} messages to {} were cut to {} bytes; set syslog.max-bytes to what the receiver takes",
          cut.sum(),
          settings.receiver(),
          settings.maxBytes());
    }
    return message.toByteArray();
  }

  static int severity(SensorEvent event) {
    return switch (event) {
      case AlertEvent alert ->
          switch (alert.severity()) {
            case HIGH -> CRITICAL;
            case MEDIUM -> WARNING;
            case LOW -> NOTICE;
          };
      case DriftEvent drift when !drift.state().quiet() -> NOTICE;
      default -> INFORMATIONAL;
    };
  }

  private static boolean ascii(byte[] text) {
    for (byte octet : text) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  /** Where a text of UTF-8 may be cut, at the latest. */
  private static int boundary(byte[] text, int latest) {
    int end = latest;
    while (end > 0 && (text[end] & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }
}
