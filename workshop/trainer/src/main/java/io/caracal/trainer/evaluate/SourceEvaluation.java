package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Captures made by others, each labelled as a whole: which attacks raise a detection at all, how
 * many of their flows are found, and how many flows of other captures are called attacks.
 */
public final class SourceEvaluation {
  private SourceEvaluation() {}

  /**
   * Measures at the thresholds in force.
   *
   * @param captures what was detected in each
   * @param unreadable captures that the sensor could not read
   * @return the content of metrics.json
   */
  public static ObjectNode of(List<CaptureDetections> captures, List<String> unreadable) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", Evaluation.FORMAT);
    ObjectNode sources = node.putObject("sources");
    SortedMap<String, List<CaptureDetections>> byLabel = new TreeMap<>();
    captures.forEach(
        c -> byLabel.computeIfAbsent(c.label().label(), label -> new ArrayList<>()).add(c));
    ObjectNode labels = sources.putObject("labels");
    byLabel.forEach((label, some) -> labels.set(label, total(some)));
    ArrayNode each = sources.putArray("captures");
    captures.forEach(capture -> each.add(one(capture)));
    unreadable.forEach(sources.putArray("unreadable")::add);
    return node;
  }

  private static ObjectNode total(List<CaptureDetections> captures) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("captures", captures.size());
    node.put("flows", captures.stream().mapToInt(CaptureDetections::flows).sum());
    node.put("labelled_flows", captures.stream().mapToInt(CaptureDetections::labelled).sum());
    ObjectNode detectors = node.putObject("detectors");
    for (String detector : captures.getFirst().detected().keySet()) {
      detectors
          .putObject(detector)
          .put("alerted_captures", captures.stream().filter(c -> c.alerted(detector)).count())
          .put("detected_flows", sum(captures, c -> c.detected().get(detector)))
          .put("detected_labelled_flows", sum(captures, c -> c.detectedLabelled().get(detector)));
    }
    return node;
  }

  private static int sum(List<CaptureDetections> captures, ToIntFunction<CaptureDetections> count) {
    return captures.stream().mapToInt(count).sum();
  }

  private static ObjectNode one(CaptureDetections capture) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("capture", capture.label().capture());
    node.put("label", capture.label().label());
    node.put("family", capture.label().family());
    node.put("scope", capture.label().scope().name().toLowerCase(Locale.ROOT));
    node.put("flows", capture.flows());
    node.put("labelled_flows", capture.labelled());
    ObjectNode detectors = node.putObject("detectors");
    capture
        .detected()
        .forEach(
            (detector, flows) ->
                detectors
                    .putObject(detector)
                    .put("alerted", capture.alerted(detector))
                    .put("detected_flows", flows)
                    .put("detected_labelled_flows", capture.detectedLabelled().get(detector)));
    return node;
  }
}
