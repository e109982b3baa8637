package io.caracal.core.internal.alert;

import io.caracal.api.plugin.Settings;
import java.time.Duration;

/**
 * When there is an alert and when it is told again.
 *
 * @param window an alert is closed after this long without evidence
 * @param update a young alert is updated at most this often
 * @param foldSources from so many attackers doing the same to one victim on, further ones are one
 *     alert
 * @param perSource new alerts about one attacker per hour; more are folded into one
 * @param total new alerts per hour; more are folded into one
 * @param open alerts that collect evidence at once; beyond, the quietest is closed
 */
public record AlertRules(
    Duration window, Duration update, int foldSources, int perSource, int total, int open) {
  /** What settings say unless they are set. */
  public static final AlertRules DEFAULT =
      new AlertRules(Duration.ofMinutes(5), Duration.ofMinutes(1), 10, 20, 500, 10_000);

  /** What the settings say. */
  public static AlertRules of(Settings settings) {
    return new AlertRules(
        settings.seconds("alerts.window", DEFAULT.window),
        settings.seconds("alerts.update-interval", DEFAULT.update),
        settings.integer("alerts.fold-sources", DEFAULT.foldSources),
        settings.integer("alerts.per-source", DEFAULT.perSource),
        settings.integer("alerts.total", DEFAULT.total),
        settings.integer("alerts.open", DEFAULT.open));
  }

  /** How often the book looks for quiet alerts, in packet time. */
  long sweepNanos() {
    return Math.max(1, Math.min(window.toNanos(), update.toNanos()) / 4);
  }
}
