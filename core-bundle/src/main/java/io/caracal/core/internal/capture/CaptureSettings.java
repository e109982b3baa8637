package io.caracal.core.internal.capture;

import io.caracal.api.plugin.Settings;
import java.time.Duration;

/**
 * What holds for every interface of a run.
 *
 * @param lanes threads that work on the packets
 * @param retry pause between two tries to open an interface that failed
 * @param silence how long an interface may be silent before that is worth a warning; zero for ever
 */
public record CaptureSettings(int lanes, Duration retry, Duration silence) {
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** What the operator set. */
  public static CaptureSettings of(Settings settings) {
    return new CaptureSettings(
        settings.integer("capture.lanes", 1),
        RETRY,
        Duration.ofMillis((long) (1000 * settings.number("capture.silence-warning", 60))));
  }
}
