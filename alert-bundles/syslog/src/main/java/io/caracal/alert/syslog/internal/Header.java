package io.caracal.alert.syslog.internal;

import io.caracal.api.alert.SensorEvent;

/** How messages begin. */
interface Header {
  /** All before what the message says, the space included. */
  String of(int priority, SensorEvent event);

  /** Whether text in UTF-8 begins with a byte order mark. */
  boolean marksUtf8();

  /** A field: printable ASCII without spaces, at most so long; {@code -} if nothing is left. */
  static String field(String text, int longest) {
    String printable = text.replaceAll("[^!-~]", "_");
    String field = printable.length() > longest ? printable.substring(0, longest) : printable;
    return field.isEmpty() ? "-" : field;
  }
}
