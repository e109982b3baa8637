package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.SensorAlerts.Alert;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operator sees: the sensor's alerts held against the truth. An alert is true if an attack
 * flow is behind it, false if benign flows alone are, and else nothing is known of it. A run or an
 * attacking host is alerted if one of its flows is behind an alert.
 */
public final class AlertFigures {
  private static final String[] REASONS = {"by_flow", "by_source", "by_victim"};

  private final Corpus corpus;
  private final Map<Flow, Example> flows = new HashMap<>();
  private final Set<Flow> measured = new HashSet<>();
  private final SortedMap<String, Label> labels = new TreeMap<>();
  private final int[] alertsOfKind = new int[3];

  private record Flow(int campaign, long id) {}

  /** What is known of a label; values of the maps say by what each was found, 3 for not at all. */
  private static final class Label {
    final Map<String, Integer> runs = new HashMap<>();
    final Map<String, Boolean> hosts = new HashMap<>();
    int alerts;
  }

  private AlertFigures(Corpus corpus, List<Example> examples) {
    this.corpus = corpus;
    corpus.examples(e -> true).forEach(e -> flows.put(flow(e), e));
    for (Example example : examples) {
      measured.add(flow(example));
      if (!example.benign()) {
        Label label = labels.computeIfAbsent(example.truth().label(), l -> new Label());
        label.runs.putIfAbsent(run(example), REASONS.length);
        label.hosts.putIfAbsent(host(example), false);
      }
    }
  }

  /**
   * Measures.
   *
   * @param corpus replayed captures
   * @param examples the records to measure on
   * @param alerts of each capture, in order
   * @param flowsPerDay benign flows that make a day
   * @param expectedPerDay false alerts that the sensor's settings allow on so many
   * @return the figures
   */
  public static ObjectNode of(
      Corpus corpus,
      List<Example> examples,
      List<SensorAlerts> alerts,
      double flowsPerDay,
      double expectedPerDay) {
    AlertFigures figures = new AlertFigures(corpus, examples);
    for (int c = 0; c < alerts.size(); c++) {
      for (Alert alert : alerts.get(c).alerts()) {
        figures.add(c, alert);
      }
    }
    return figures.toJson(flowsPerDay, expectedPerDay);
  }

  private static Flow flow(Example example) {
    return new Flow(example.campaign(), example.flowId());
  }

  private static String run(Example example) {
    return example.campaign() + "/" + example.truth().run();
  }

  private String host(Example example) {
    return example.campaign()
        + "/"
        + corpus.campaigns().get(example.campaign()).rows().source(example.row());
  }

  private void add(int campaign, Alert alert) {
    boolean attack = false;
    boolean benign = false;
    Set<String> seen = new HashSet<>();
    List<Set<Long>> reasons = List.of(alert.byFlow(), alert.bySource(), alert.byVictim());
    for (int reason = 0; reason < REASONS.length; reason++) {
      for (long id : reasons.get(reason)) {
        Flow flow = new Flow(campaign, id);
        Example example = flows.get(flow);
        if (example == null) {
          continue;
        }
        attack |= !example.benign();
        benign |= example.benign() && measured.contains(flow);
        if (!example.benign() && measured.contains(flow)) {
          seen.add(example.truth().label());
          Label label = labels.get(example.truth().label());
          label.runs.merge(run(example), reason, Math::min);
          label.hosts.put(host(example), true);
        }
      }
    }
    seen.forEach(label -> labels.get(label).alerts++);
    alertsOfKind[attack ? 0 : benign ? 1 : 2]++;
  }

  private ObjectNode toJson(double flowsPerDay, double expectedPerDay) {
    long benign = measured.stream().filter(flow -> flows.get(flow).benign()).count();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("true_alerts", alertsOfKind[0]);
    node.put("false_alerts", alertsOfKind[1]);
    node.put("unknown_alerts", alertsOfKind[2]);
    node.put("benign_flows", benign);
    node.put("flows_per_day", flowsPerDay);
    Figures.put(node, "false_alerts_per_million_benign_flows", 1e6 * alertsOfKind[1] / benign);
    Figures.put(node, "false_alerts_per_day", alertsOfKind[1] * flowsPerDay / benign);
    Figures.put(node, "expected_false_alerts_per_day", expectedPerDay);
    ObjectNode byLabel = JsonNodeFactory.instance.objectNode();
    int[] found = new int[REASONS.length + 1];
    labels.forEach((name, label) -> byLabel.set(name, of(label, found)));
    int runs = 0;
    for (int count : found) {
      runs += count;
    }
    node.put("runs", runs);
    node.put("alerted_runs", runs - found[REASONS.length]);
    for (int reason = 0; reason < REASONS.length; reason++) {
      node.put("runs_" + REASONS[reason], found[reason]);
    }
    node.set("labels", byLabel);
    return node;
  }

  private static ObjectNode of(Label label, int[] found) {
    label.runs.values().forEach(reason -> found[reason]++);
    return JsonNodeFactory.instance
        .objectNode()
        .put("runs", label.runs.size())
        .put("alerted_runs", label.runs.values().stream().filter(r -> r < REASONS.length).count())
        .put("hosts", label.hosts.size())
        .put("alerted_hosts", label.hosts.values().stream().filter(alerted -> alerted).count())
        .put("alerts", label.alerts);
  }
}
