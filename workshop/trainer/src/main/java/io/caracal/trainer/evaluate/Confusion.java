package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Example;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What detected flows were called, by label and tool: {@code {LABEL: {TOOL: {CLASS: flows}}}}.
 * Flows below the threshold stand under {@code not detected}, detected ones that got no class under
 * {@code anomaly}.
 */
final class Confusion {
  /** Name of what stayed below the threshold. */
  static final String MISSED = "not detected";

  /** Name of what was detected without a class. */
  static final String UNNAMED = "anomaly";

  private Confusion() {}

  static ObjectNode of(Verdicts verdicts) {
    SortedMap<String, SortedMap<String, SortedMap<String, Integer>>> counts = new TreeMap<>();
    for (int i = 0; i < verdicts.scores().length; i++) {
      Example flow = verdicts.flows().get(i);
      counts
          .computeIfAbsent(flow.truth().label(), label -> new TreeMap<>())
          .computeIfAbsent(flow.truth().detail(), tool -> new TreeMap<>())
          .merge(called(verdicts, i), 1, Integer::sum);
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    counts.forEach(
        (label, tools) -> {
          ObjectNode byTool = node.putObject(label);
          tools.forEach(
              (tool, classes) -> {
                ObjectNode one = byTool.putObject(tool.isEmpty() ? "-" : tool);
                classes.forEach(one::put);
              });
        });
    return node;
  }

  private static String called(Verdicts verdicts, int flow) {
    if (!verdicts.detected(flow)) {
      return MISSED;
    }
    int named = verdicts.named()[flow];
    return named < 0 ? UNNAMED : verdicts.classes().get(named);
  }
}
