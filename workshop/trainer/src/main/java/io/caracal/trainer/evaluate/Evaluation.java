package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.RowsHeader;
import io.caracal.trainer.truth.Matching;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures what the sensor's detectors and its ensemble said about labelled captures. */
public final class Evaluation {
  /** Name of the ensemble among the detectors. */
  public static final String ENSEMBLE = "ensemble";

  private static final String SCORE = "/score";
  private static final String PROBABILITY = ENSEMBLE + "/probability";

  private final Corpus corpus;
  private final List<Example> examples;
  private final Map<String, Figures> figures = new LinkedHashMap<>();

  /**
   * Measures.
   *
   * @param corpus captures whose rows carry scores
   * @param examples the records to measure on
   */
  public Evaluation(Corpus corpus, List<Example> examples) {
    this.corpus = corpus;
    this.examples = List.copyOf(examples);
    FlowGroups groups = new FlowGroups(examples);
    RowsHeader header = corpus.header();
    for (int c = 0; c < header.columns().size(); c++) {
      String column = header.columns().get(c);
      String detector =
          column.equals(PROBABILITY)
              ? ENSEMBLE
              : column.endsWith(SCORE) ? column.substring(0, column.length() - SCORE.length()) : "";
      if (!detector.isEmpty()) {
        double threshold = header.thresholds().getOrDefault(detector, Double.NaN);
        figures.put(detector, Figures.of(groups, column(c), threshold));
      }
    }
  }

  private float[] column(int column) {
    float[] values = new float[examples.size()];
    for (int i = 0; i < values.length; i++) {
      Example example = examples.get(i);
      FlowRows rows = corpus.campaigns().get(example.campaign()).rows();
      values[i] = rows.value(example.row(), column);
    }
    return values;
  }

  /** Figures by detector, in the order of the columns. */
  public Map<String, Figures> figures() {
    return figures;
  }

  /** Everything as JSON: one key per detector, and {@code counts}. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    figures.forEach((detector, measured) -> node.set(detector, measured.toJson()));
    ObjectNode counts = node.putObject("counts");
    for (Campaign campaign : corpus.campaigns()) {
      Matching.Counts matched = campaign.matching().counts();
      ObjectNode one = counts.putObject(campaign.name());
      one.put("flow_records", campaign.rows().count());
      one.put("flows", matched.flows());
      one.put("unmatched_flows", matched.unmatchedFlows());
      one.put("mixed_flows", matched.mixedFlows());
      one.put("truth_flows", matched.truth());
      one.put("matched_truth_flows", matched.matchedTruth());
      one.put("merged_truth_flows", matched.mergedTruth());
      one.put("unmatched_truth_flows", matched.unmatchedTruth());
      one.put(
          "truth_flows_not_ip",
          campaign.truth().notIp().values().stream().mapToInt(Integer::intValue).sum());
    }
    corpus.leftOut().forEach(counts.putObject("records_left_out")::put);
    labelled().forEach(counts.putObject("scored_truth_flows_by_label")::put);
    return node;
  }

  private SortedMap<String, Integer> labelled() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    new FlowGroups(examples)
        .flows()
        .forEach(flow -> counts.merge(flow.truth().label(), 1, Integer::sum));
    return counts;
  }
}
