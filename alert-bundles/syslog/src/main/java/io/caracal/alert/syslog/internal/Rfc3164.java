package io.caracal.alert.syslog.internal;

import io.caracal.api.alert.SensorEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The header of RFC 3164, with local time, for old receivers. */
final class Rfc3164 implements Header {
  private static final int TAG = 32; // characters
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

  private final String origin;

  Rfc3164(String hostName, String appName) {
    origin =
        Header.field(hostName, Integer.MAX_VALUE)
            + ' '
            + Header.field(appName.replaceAll("[^A-Za-z0-9]", ""), TAG)
            + '['
            + ProcessHandle.current().pid()
            + "]: ";
  }

  @Override
  public String of(int priority, SensorEvent event) {
    ZonedDateTime time = Instant.EPOCH.plusNanos(event.timeNanos()).atZone(ZoneId.systemDefault());
    return "<" + priority + '>' + TIME.format(time) + ' ' + origin;
  }

  @Override
  public boolean marksUtf8() {
    return false;
  }
}
