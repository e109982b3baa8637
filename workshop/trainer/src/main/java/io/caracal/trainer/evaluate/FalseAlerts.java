package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a detector's false detections amount to in a day. Detections are folded into alerts by
 * source and class as the sensor does it, counted, and multiplied by how many times the benign
 * flows measured on go into a day. The clock of the captures is not used: testbeds hurry.
 *
 * @param flowsPerDay benign flows that make a day
 * @param windowSeconds an alert is open until it was quiet this long
 * @param source who began a flow
 */
public record FalseAlerts(
    double flowsPerDay, double windowSeconds, Function<Example, String> source) {
  ObjectNode of(Verdicts verdicts) {
    int benign = 0;
    List<AlertFolding.Detection> detections = new ArrayList<>();
    for (int i = 0; i < verdicts.scores().length; i++) {
      Example flow = verdicts.flows().get(i);
      if (flow.benign()) {
        benign++;
        if (verdicts.detected(i)) {
          detections.add(
              new AlertFolding.Detection(
                  flow.campaign() + "/" + source.apply(flow) + "/" + verdicts.named()[i],
                  flow.truth().endNanos() / 1e9));
        }
      }
    }
    int alerts = AlertFolding.alerts(detections, windowSeconds);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("benign_flows", benign);
    node.put("detected_benign_flows", detections.size());
    node.put("false_alerts", alerts);
    node.put("flows_per_day", flowsPerDay);
    Figures.put(node, "false_alerts_per_day", alerts * flowsPerDay / benign);
    return node;
  }
}
