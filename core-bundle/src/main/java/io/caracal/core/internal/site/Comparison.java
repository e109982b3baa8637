package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.core.internal.ensemble.EnsembleDescriptor;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.FalseAlerts;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.Member;
import io.caracal.core.internal.ensemble.LogisticEnsemble;
import io.caracal.core.internal.ensemble.Transform;
import io.caracal.core.internal.lane.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What changes between two profiles, or from what is shipped to a profile. */
public final class Comparison {
  /** Shares of normal records that score at least as high: the edges of the bins. */
  private static final double[] P_VALUES = {0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001};

  private static final int LISTED = 15;

  private final SiteProfile earlier;
  private final SiteProfile later;
  private final Budget budget;

  /** A comparison under a budget. */
  public Comparison(SiteProfile earlier, SiteProfile later, Budget budget) {
    this.earlier = earlier;
    this.later = later;
    this.budget = budget;
  }

  /** The comparison in Markdown. */
  public String text() {
    EnsembleDescriptor before = Recalibration.read(earlier.ensemble());
    EnsembleDescriptor after = Recalibration.read(later.ensemble());
    double from = budget.threshold(new LogisticEnsemble(before));
    double to = budget.threshold(new LogisticEnsemble(after));
    StringBuilder text = new StringBuilder();
    line(text, "| | %s | %s |\n|---|---|---|", earlier.version(), later.version());
    line(
        text,
        "| threshold for %.4g alerts a day | %.6f | %.6f |",
        budget.falseAlertsPerDay(),
        from,
        to);
    line(
        text,
        "| alerts a day at that threshold, by the curve of %s | %.4g | %.4g |",
        later.version(),
        perDay(after, from),
        perDay(after, to));
    line(text, "\n| detector | score at p = 0.01 | | PSI |\n|---|---|---|---|");
    for (Member member : after.members()) {
      Transform now = member.transform();
      before.members().stream()
          .filter(other -> other.id().equals(member.id()))
          .findFirst()
          .ifPresent(other -> detector(text, member.id(), other.transform(), now));
    }
    columns(text);
    return text.toString();
  }

  private double perDay(EnsembleDescriptor descriptor, double threshold) {
    FalseAlerts at = descriptor.falseAlerts().getFirst();
    for (FalseAlerts knot : descriptor.falseAlerts()) {
      at = knot.threshold() <= threshold ? knot : at;
    }
    double scale = budget.flowsPerDay() > 0 ? budget.flowsPerDay() / descriptor.flowsPerDay() : 1;
    return at.perDay() * scale;
  }

  private static void detector(StringBuilder text, String id, Transform before, Transform now) {
    if (before.scores() == null || now.scores() == null) {
      line(text, "| %s | - | - | - |", id);
      return;
    }
    List<Double> shares = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    double above = 1;
    double othersAbove = 1;
    for (double p : P_VALUES) {
      double score = score(before, p);
      double reached = Math.pow(10, -now.evidence(score));
      shares.add(above - p);
      others.add(Math.max(0, othersAbove - reached));
      above = p;
      othersAbove = Math.min(othersAbove, reached);
    }
    shares.add(above);
    others.add(othersAbove);
    line(
        text,
        "| %s | %.4g | %.4g | %.3f |",
        id,
        score(before, 0.01),
        score(now, 0.01),
        new Histogram(List.of(), shares).psi(others));
  }

  /** The score that a share of normal records reaches, between knots. */
  private static double score(Transform tail, double p) {
    double low = tail.scores().getFirst();
    double high = tail.scores().getLast();
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (tail.evidence(middle) < -Math.log10(p)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private void columns(StringBuilder text) {
    Map<String, Histogram> known = histograms(earlier);
    Map<String, Double> changed = new TreeMap<>();
    histograms(later)
        .forEach(
            (name, histogram) ->
                Optional.ofNullable(known.get(name))
                    .map(reference -> reference.psi(histogram.within(reference)))
                    .ifPresent(psi -> changed.put(name, psi)));
    if (changed.isEmpty()) {
      return;
    }
    line(text, "\n| column | PSI |\n|---|---|");
    changed.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(LISTED)
        .forEach(e -> line(text, "| %s | %.3f |", e.getKey(), e.getValue()));
  }

  private static Map<String, Histogram> histograms(SiteProfile profile) {
    Map<String, Histogram> all = new TreeMap<>();
    for (JsonNode column : profile.site().path("columns")) {
      all.put(column.path("name").asText(), Histogram.of(column));
    }
    return all;
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format + "\n", values));
  }
}
