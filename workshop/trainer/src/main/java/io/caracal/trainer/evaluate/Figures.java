package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Example;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Figures of merit of one detector over truth flows. A flow from which the detector abstained
 * counts as scored lowest: not detected.
 *
 * @param threshold score from which a flow is detected
 * @param abstained share of flows that got no score
 * @param all ranking of all flows
 * @param withoutInfra the same without benign {@code infra} flows, the servers' own chatter, which
 *     is plentiful and easy
 * @param scored the same for those flows alone that the detector scored
 * @param falseAlertsPerMillion detected benign flows per million
 * @param recallByLabel share of detected flows of each attack label
 * @param runsByLabel attack runs of each label
 * @param alertedRunsByLabel those with at least one detected flow
 * @param missedRuns the others, as {@code label/run}
 */
public record Figures(
    double threshold,
    double abstained,
    Rates all,
    Rates withoutInfra,
    Rates scored,
    double falseAlertsPerMillion,
    SortedMap<String, Double> recallByLabel,
    SortedMap<String, Integer> runsByLabel,
    SortedMap<String, Integer> alertedRunsByLabel,
    List<String> missedRuns) {
  private static final String INFRA = "infra";
  private static final double WEAK = 0.5;

  /** What a ranking says. */
  public record Rates(double rocAuc, double prAuc, double tprAt001, double tprAt01) {
    static Rates of(List<Example> flows, double[] scores, IntPredicate wanted) {
      int[] kept = IntStream.range(0, scores.length).filter(wanted).toArray();
      double[] some = new double[kept.length];
      boolean[] attack = new boolean[kept.length];
      for (int i = 0; i < kept.length; i++) {
        some[i] = scores[kept[i]];
        attack[i] = !flows.get(kept[i]).benign();
      }
      Ranking ranking = new Ranking(some, attack);
      return new Rates(
          ranking.rocAuc(), ranking.prAuc(), ranking.tprAtFpr(0.001), ranking.tprAtFpr(0.01));
    }

    void into(ObjectNode node) {
      put(node, "roc_auc", rocAuc);
      put(node, "pr_auc", prAuc);
      put(node, "tpr_at_fpr_0.001", tprAt001);
      put(node, "tpr_at_fpr_0.01", tprAt01);
    }
  }

  /**
   * Measures.
   *
   * @param groups the flows
   * @param scores one per record, NaN where the detector abstained
   * @param threshold score from which a flow is detected
   * @return the figures
   */
  public static Figures of(FlowGroups groups, float[] scores, double threshold) {
    return of(groups.flows(), groups.highest(scores), threshold);
  }

  /**
   * Measures.
   *
   * @param flows one record of each truth flow
   * @param highest one score per truth flow, negative infinity where the detector abstained
   * @param threshold score from which a flow is detected
   * @return the figures
   */
  public static Figures of(List<Example> flows, double[] highest, double threshold) {
    Tally labels = new Tally();
    Tally runs = new Tally();
    Tally benign = new Tally();
    long abstained = 0;
    for (int i = 0; i < highest.length; i++) {
      boolean detected = highest[i] >= threshold;
      abstained += highest[i] == Double.NEGATIVE_INFINITY ? 1 : 0;
      Example flow = flows.get(i);
      if (flow.benign()) {
        benign.add("", detected);
      } else {
        labels.add(flow.truth().label(), detected);
        runs.add(flow.truth().label() + '/' + flow.campaign() + '/' + flow.truth().run(), detected);
      }
    }
    SortedMap<String, Double> recall = new TreeMap<>();
    labels.seen.forEach((label, n) -> recall.put(label, labels.detected(label) / (double) n));
    SortedMap<String, Integer> runsByLabel = new TreeMap<>();
    SortedMap<String, Integer> alertedByLabel = new TreeMap<>();
    runs.seen
        .keySet()
        .forEach(
            run -> {
              String label = run.substring(0, run.indexOf('/'));
              runsByLabel.merge(label, 1, Integer::sum);
              alertedByLabel.merge(label, runs.detected(run) > 0 ? 1 : 0, Integer::sum);
            });
    return new Figures(
        threshold,
        highest.length == 0 ? Double.NaN : abstained / (double) highest.length,
        Rates.of(flows, highest, i -> true),
        Rates.of(
            flows,
            highest,
            i -> !(flows.get(i).benign() && flows.get(i).truth().detail().equals(INFRA))),
        Rates.of(flows, highest, i -> highest[i] != Double.NEGATIVE_INFINITY),
        1e6 * benign.detected("") / benign.seen.getOrDefault("", 0),
        recall,
        runsByLabel,
        alertedByLabel,
        runs.seen.keySet().stream().filter(run -> runs.detected(run) == 0).toList());
  }

  private static final class Tally {
    private final SortedMap<String, Integer> seen = new TreeMap<>();
    private final SortedMap<String, Integer> hits = new TreeMap<>();

    void add(String key, boolean detected) {
      seen.merge(key, 1, Integer::sum);
      if (detected) {
        hits.merge(key, 1, Integer::sum);
      }
    }

    int detected(String key) {
      return hits.getOrDefault(key, 0);
    }
  }

  /** Labels of which less than half the flows are detected. */
  public List<String> weakLabels() {
    return recallByLabel.keySet().stream().filter(l -> recallByLabel.get(l) < WEAK).toList();
  }

  /** The figures as JSON; what cannot be computed is null. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    all.into(node);
    put(node, "threshold", threshold);
    put(node, "false_alerts_per_million_benign_flows", falseAlertsPerMillion);
    put(node, "abstained_share", abstained);
    withoutInfra.into(node.putObject("without_infra"));
    scored.into(node.putObject("scored_flows_only"));
    ObjectNode recall = node.putObject("recall_by_label");
    recallByLabel.forEach((label, share) -> put(recall, label, share));
    ObjectNode byRun = node.putObject("recall_by_run");
    runsByLabel.forEach(
        (label, count) ->
            byRun
                .putObject(label)
                .put("runs", count)
                .put("alerted", alertedRunsByLabel.getOrDefault(label, 0)));
    missedRuns.forEach(node.putArray("missed_runs")::add);
    weakLabels().forEach(node.putArray("weak_labels")::add);
    return node;
  }

  static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, rounded(value));
    } else {
      node.putNull(key);
    }
  }

  /** To a millionth, as all shares are told. */
  static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }
}
