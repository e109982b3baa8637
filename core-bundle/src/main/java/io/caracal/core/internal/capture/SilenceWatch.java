package io.caracal.core.internal.capture;

import java.time.Duration;

/** Warns once when an interface falls silent, and says when its traffic is back. */
final class SilenceWatch {
  private final String name;
  private final Duration patience;
  private final Notices notices;
  private long packets;
  private long heardNanos;
  private volatile boolean silent;

  /**
   * A watch that begins now.
   *
   * @param patience how long silence is nothing special; zero for ever
   * @param nowNanos this process's clock, as in every later call
   */
  SilenceWatch(String name, Duration patience, Notices notices, long nowNanos) {
    this.name = name;
    this.patience = patience;
    this.notices = notices;
    this.heardNanos = nowNanos;
  }

  /** Looks at how many packets have come by now. */
  void look(long packetsNow, long nowNanos) {
    Duration since = Duration.ofNanos(nowNanos - heardNanos);
    if (packetsNow != packets) {
      packets = packetsNow;
      heardNanos = nowNanos;
      if (silent) {
        silent = false;
        notices.good("traffic on " + name + " again, after " + since.toSeconds() + " s");
      }
    } else if (!silent && !patience.isZero() && since.compareTo(patience) >= 0) {
      silent = true;
      notices.warn(
          "no traffic on "
              + name
              + " for "
              + since.toSeconds()
              + " s; check the cable, the mirror port and the filter");
    }
  }

  /** The interface is not captured, so that its silence says nothing. */
  void pause(long nowNanos) {
    heardNanos = nowNanos;
    silent = false;
  }

  /** Whether silence was warned of and lasts; for any thread. */
  boolean silent() {
    return silent;
  }
}
