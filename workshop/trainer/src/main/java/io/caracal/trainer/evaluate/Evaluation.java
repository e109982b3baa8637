package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.truth.Matching;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures what the sensor's detectors and its ensemble said about labelled captures. */
public final class Evaluation {
  /** Value of the key {@code format}. */
  public static final String FORMAT = "caracal-metrics/1";

  private Evaluation() {}

  /**
   * Measures.
   *
   * @param corpus captures whose rows carry scores
   * @param examples the records to measure on
   * @param measurement what to measure
   * @return the content of metrics.json
   */
  public static ObjectNode of(Corpus corpus, List<Example> examples, Measurement measurement) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", FORMAT);
    ObjectNode captures = node.putObject("captures");
    corpus.campaigns().forEach(campaign -> captures.set(campaign.name(), counts(campaign)));
    corpus.leftOut().forEach(node.putObject("records_left_out")::put);
    labelled(examples).forEach(node.putObject("truth_flows_by_label")::put);
    measurement.trained().stream().sorted().forEach(node.putArray("trained_labels")::add);
    List<String> names = corpus.campaigns().stream().map(Campaign::name).toList();
    ObjectNode detectors = node.putObject("detectors");
    for (Verdicts verdicts : SensorVerdicts.of(corpus, examples)) {
      detectors.set(verdicts.detector(), measurement.of(verdicts, names));
    }
    return node;
  }

  private static ObjectNode counts(Campaign campaign) {
    Matching.Counts matched = campaign.matching().counts();
    Map<String, Integer> notIp = campaign.truth().notIp();
    return JsonNodeFactory.instance
        .objectNode()
        .put("sha256", campaign.captureSha256())
        .put("flow_records", campaign.rows().count())
        .put("flows", matched.flows())
        .put("unmatched_flows", matched.unmatchedFlows())
        .put("mixed_flows", matched.mixedFlows())
        .put("truth_flows", matched.truth())
        .put("matched_truth_flows", matched.matchedTruth())
        .put("merged_truth_flows", matched.mergedTruth())
        .put("unmatched_truth_flows", matched.unmatchedTruth())
        .put("truth_flows_not_ip", notIp.values().stream().mapToInt(Integer::intValue).sum());
  }

  private static SortedMap<String, Integer> labelled(List<Example> examples) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    new FlowGroups(examples)
        .flows()
        .forEach(flow -> counts.merge(flow.truth().label(), 1, Integer::sum));
    return counts;
  }
}
