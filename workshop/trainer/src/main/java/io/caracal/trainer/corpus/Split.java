package io.caracal.trainer.corpus;

import io.caracal.trainer.Digests;
import io.caracal.trainer.recipe.SplitPlan;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthFlow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Divides flows into parts such that no attack run and no stretch of benign time stands on two
 * sides: per label, the runs of all campaigns are ordered by a hash and dealt; benign flows go by
 * the time of their first packet.
 */
public final class Split {
  private final SplitPlan plan;
  private final Map<String, Long> origins = new HashMap<>();
  private final Map<Run, Part> parts = new HashMap<>();
  private final Map<String, String> originals;
  private final SortedSet<String> trainOnly = new TreeSet<>();

  private record Run(String campaign, String label, String id) {}

  /**
   * Splits campaigns.
   *
   * @param plan shares and seed
   * @param campaigns truth by name of the campaign
   */
  public Split(SplitPlan plan, Map<String, Truth> campaigns) {
    this(plan, campaigns, Map.of());
  }

  /**
   * Splits campaigns of which there are changed copies: each flow of a copy goes where its original
   * goes.
   *
   * @param plan shares and seed
   * @param campaigns truth by name of the campaign, without the copies
   * @param originals names of campaigns by those of their copies
   */
  public Split(SplitPlan plan, Map<String, Truth> campaigns, Map<String, String> originals) {
    this.plan = plan;
    this.originals = Map.copyOf(originals);
    SortedMap<String, List<Run>> runs = new TreeMap<>();
    campaigns.forEach(
        (name, truth) -> {
          origins.put(
              name, truth.flows().stream().mapToLong(TruthFlow::startNanos).min().orElse(0));
          truth.flows().stream()
              .filter(flow -> !flow.benign() && !flow.leftOut())
              .map(flow -> new Run(name, flow.label(), flow.run()))
              .distinct()
              .forEach(run -> runs.computeIfAbsent(run.label(), l -> new ArrayList<>()).add(run));
        });
    runs.forEach(this::deal);
  }

  private void deal(String label, List<Run> runs) {
    runs.sort(Comparator.comparing(this::rank));
    int validation = share(runs.size(), plan.validation(), 2);
    int calibration = share(runs.size(), plan.calibration(), 3);
    for (int i = 0; i < runs.size(); i++) {
      Part part =
          i < validation
              ? Part.VALIDATION
              : i < validation + calibration ? Part.CALIBRATION : Part.TRAIN;
      parts.put(runs.get(i), part);
    }
    if (validation == 0) {
      trainOnly.add(label);
    }
  }

  /** At least one run if there are {@code fewest}, never so many that none is left to train on. */
  private static int share(int runs, double share, int fewest) {
    return runs < fewest ? 0 : (int) Math.max(1, Math.round(runs * share));
  }

  private String rank(Run run) {
    String text = run.campaign() + '/' + run.label() + '/' + run.id() + '/' + plan.seed();
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What a flow serves for.
   *
   * @param campaign name of its campaign
   * @param flow the flow, not one that is left out
   * @return its part
   */
  public Part part(String campaign, TruthFlow flow) {
    if (!flow.benign()) {
      String original = originals.getOrDefault(campaign, campaign);
      return parts.getOrDefault(new Run(original, flow.label(), flow.run()), Part.TRAIN);
    }
    return benignPart(originals.getOrDefault(campaign, campaign), flow.startNanos());
  }

  /**
   * What benign traffic of a moment serves for.
   *
   * @param campaign name of the campaign
   * @param nanos time since 1970-01-01 UTC
   * @return its part
   */
  public Part benignPart(String campaign, long nanos) {
    double seconds = (nanos - origins.getOrDefault(campaign, 0L)) / 1e9;
    double at = seconds - Math.floor(seconds / plan.cycleSeconds()) * plan.cycleSeconds();
    double calibration = plan.cycleSeconds() * (1 - plan.calibration() - plan.validation());
    double validation = plan.cycleSeconds() * (1 - plan.validation());
    if (at < calibration) {
      return afterGap(at, Part.TRAIN);
    }
    return at < validation
        ? afterGap(at - calibration, Part.CALIBRATION)
        : afterGap(at - validation, Part.VALIDATION);
  }

  /**
   * Time on a clock that stands still while benign traffic is trained on.
   *
   * @param campaign name of the campaign
   * @param nanos time since 1970-01-01 UTC
   * @return nanoseconds of calibration and validation since the campaign's begin
   */
  public long heldOutNanos(String campaign, long nanos) {
    double seconds = (nanos - origins.getOrDefault(campaign, 0L)) / 1e9;
    double cycles = Math.floor(seconds / plan.cycleSeconds());
    double heldOut = plan.cycleSeconds() * (plan.calibration() + plan.validation());
    double at = seconds - (cycles + 1) * plan.cycleSeconds() + heldOut;
    return (long) ((cycles * heldOut + Math.max(0, at)) * 1e9);
  }

  private Part afterGap(double sinceCut, Part part) {
    return sinceCut < plan.gapSeconds() ? Part.GAP : part;
  }

  /** Labels with a single run: trained on, but never measured. */
  public SortedSet<String> trainOnly() {
    return new TreeSet<>(trainOnly);
  }

  /** Attack runs per label and part. */
  public SortedMap<String, SortedMap<Part, Integer>> runs() {
    SortedMap<String, SortedMap<Part, Integer>> counts = new TreeMap<>();
    parts.forEach(
        (run, part) ->
            counts
                .computeIfAbsent(run.label(), label -> new TreeMap<>())
                .merge(part, 1, Integer::sum));
    return counts;
  }
}
