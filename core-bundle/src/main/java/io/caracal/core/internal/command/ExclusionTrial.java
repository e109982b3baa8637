package io.caracal.core.internal.command;

import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.alert.ExclusionStore.Sample;
import io.caracal.api.alert.ExclusionStore.Sampled;
import io.caracal.core.internal.exclusion.ExclusionIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an exclusion would have hidden of the alerts that are remembered.
 *
 * @param hidden of which it covers every detection that is kept
 * @param thinned of which it covers some
 * @param alerts how many there are
 */
record ExclusionTrial(List<Alert> hidden, List<Alert> thinned, int alerts) {
  /**
   * An alert of which something would be hidden.
   *
   * @param covered detections that are covered
   * @param kept detections that are kept
   */
  record Alert(Sampled alert, long covered, long kept, String attackClass) {
    private String line() {
      String verdict =
          alert
              .attack()
              .map(attack -> attack ? ", marked as an attack" : ", marked as false")
              .orElse("");
      String rest =
          alert.left() == 0
              ? ""
              : String.format(Locale.ROOT, ", %,d more are not kept", alert.left());
      return String.format(
          Locale.ROOT,
          "  %s  %s%s: %,d of %,d detections%s%s%n",
          alert.id(),
          attackClass,
          alert.attacker().isEmpty() ? "" : " by " + alert.attacker(),
          covered,
          kept,
          rest,
          verdict);
    }
  }

  private static final class Count {
    private long covered;
    private long kept;
    private String attackClass = "";
  }

  static ExclusionTrial of(ExclusionStore store, ExclusionIndex candidate, long sinceNanos)
      throws IOException {
    Map<String, Count> counts = new HashMap<>();
    store.samples(
        sinceNanos,
        sample -> {
          Count count = counts.computeIfAbsent(sample.alert(), unknown -> new Count());
          count.attackClass = count.kept == 0 ? sample.attackClass() : count.attackClass;
          count.kept++;
          count.covered += covers(candidate, sample) ? 1 : 0;
        });
    List<Alert> hidden = new ArrayList<>();
    List<Alert> thinned = new ArrayList<>();
    List<Sampled> alerts = store.alerts(sinceNanos);
    for (Sampled alert : alerts) {
      Count count = counts.getOrDefault(alert.id(), new Count());
      if (count.covered > 0) {
        String called = alert.attackClass().isEmpty() ? count.attackClass : alert.attackClass();
        (count.covered == count.kept ? hidden : thinned)
            .add(new Alert(alert, count.covered, count.kept, called));
      }
    }
    return new ExclusionTrial(hidden, thinned, alerts.size());
  }

  private static boolean covers(ExclusionIndex candidate, Sample sample) {
    return candidate
        .find(sample.identity(), sample.attackClass(), sample::detector, Long.MIN_VALUE)
        .isPresent();
  }

  String text(ExclusionScope scope) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: of %,d alerts %,d would be hidden wholly and %,d would lose detections%n",
            scope,
            alerts,
            hidden.size(),
            thinned.size()));
    append(text, "hidden:", hidden);
    append(text, "would lose detections:", thinned);
    return text.toString();
  }

  private static void append(StringBuilder text, String heading, List<Alert> alerts) {
    if (!alerts.isEmpty()) {
      text.append(heading).append('\n');
      alerts.forEach(alert -> text.append(alert.line()));
    }
  }

  /** A sentence, if an analyst found that some of them were right. */
  Optional<String> warning() {
    long right = right(hidden) + right(thinned);
    return right == 0
        ? Optional.empty()
        : Optional.of(
            "caracal: "
                + right
                + " of these alerts "
                + (right == 1 ? "was" : "were")
                + " marked as an attack; narrow the exclusion down");
  }

  private static long right(List<Alert> alerts) {
    return alerts.stream().filter(alert -> alert.alert().attack().orElse(false)).count();
  }
}
