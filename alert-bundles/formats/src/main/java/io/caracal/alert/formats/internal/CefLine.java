package io.caracal.alert.formats.internal;

import java.util.concurrent.TimeUnit;

/**
 * A line of CEF that grows. In the header {@code \} and {@code |} are escaped, a line break becomes
 * a space, and a last {@code \} is followed by one, since many receivers take the backslash of the
 * bar that follows for an escape of the bar; in the extension {@code \}, {@code =} and line breaks
 * are escaped. Values keep to the lengths of the extension dictionary.
 */
final class CefLine {
  private static final int HEADER = 512; // characters
  private static final int CUSTOM = 4000;
  private static final int OTHERS = 1023;
  private static final int MARK = 24; // room for the mark of a cut

  private final StringBuilder line = new StringBuilder("CEF:0");
  private String before = "|";

  CefLine(String version, String eventClass, String name, int severity) {
    header(Product.VENDOR);
    header(Product.NAME);
    header(version);
    header(eventClass);
    header(name);
    header(Integer.toString(severity));
  }

  private void header(String value) {
    String clean = CleanText.of(value, HEADER - MARK).replaceAll("[\n\r\t]", " ");
    line.append('|').append(clean.replace("\\", "\\\\").replace("|", "\\|"));
    if (clean.endsWith("\\")) {
      line.append(' ');
    }
  }

  /** An extension field; left out if its value is empty. */
  CefLine put(String key, String value) {
    if (!value.isEmpty()) {
      int longest = (key.startsWith("cs") ? CUSTOM : OTHERS) - MARK;
      line.append(before)
          .append(key)
          .append('=')
          .append(
              CleanText.of(value, longest)
                  .strip()
                  .replace("\\", "\\\\")
                  .replace("=", "\\=")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r")
                  .replace('\t', ' '));
      before = " ";
    }
    return this;
  }

  CefLine put(String key, long value) {
    return put(key, Long.toString(value));
  }

  /** A time, in milliseconds since 1970. */
  CefLine time(String key, long nanos) {
    return put(key, Math.floorDiv(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
  }

  /** A field that the label names. */
  CefLine custom(String key, String label, String value) {
    return value.isEmpty() ? this : put(key + "Label", label).put(key, value);
  }

  CefLine custom(String key, String label, float value) {
    return Float.isFinite(value) ? custom(key, label, Float.toString(value)) : this;
  }

  String text() {
    return before.equals("|") ? line + before : line.toString();
  }
}
