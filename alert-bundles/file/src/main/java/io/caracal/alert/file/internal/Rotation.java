package io.caracal.alert.file.internal;

import io.caracal.api.plugin.Settings;

/**
 * When a file is put aside, and what becomes of those that were.
 *
 * @param bytes a file holds at most so many; 0 for any
 * @param millis a file holds what is written in a span of this length, counted from 1970 on; 0 for
 *     any
 * @param compress whether files put aside are compressed with gzip
 * @param keep so many files put aside stay; 0 for all
 */
record Rotation(long bytes, long millis, boolean compress, int keep) {
  static Rotation of(Settings settings) {
    return new Rotation(
        atLeastZero(settings, "eve.rotate-bytes"),
        1000 * atLeastZero(settings, "eve.rotate"),
        settings.flag("eve.compress", false),
        (int) atLeastZero(settings, "eve.keep"));
  }

  private static long atLeastZero(Settings settings, String key) {
    double value = settings.number(key, 0);
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          "the setting " + key + " is '" + settings.text(key, "") + "' but must be at least 0");
    }
    return (long) value;
  }

  /** Whether the file is put aside before more is written to it. */
  boolean due(long written, long more, long begunMillis, long nowMillis) {
    return written > 0
        && ((bytes > 0 && written + more > bytes)
            || (millis > 0 && begunMillis / millis != nowMillis / millis));
  }
}
