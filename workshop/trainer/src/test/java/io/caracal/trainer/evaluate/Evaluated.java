package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.rows.Address;
import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.TruthFlow;
import java.util.List;
import java.util.Set;

/** A measurement small enough to be known by heart. */
public final class Evaluated {
  private Evaluated() {}

  /** A truth flow of a capture. */
  static Example flow(int capture, String label, String tool, String run, double end) {
    Address one = Address.parse("10.0.0.1");
    FlowKey key = FlowKey.of(one, 1, Address.parse("10.0.0.2"), 2, 6);
    TruthFlow truth = new TruthFlow(0, Math.round(end * 1e9), key, label, tool, run);
    int attackClass = truth.benign() ? Example.BENIGN : 0;
    return new Example(capture, 0, 0, 9, 0, truth, attackClass, Part.VALIDATION, 1);
  }

  /**
   * Four benign flows and six of attacks: three runs of {@code scan_syn}, two of them over the
   * threshold of {@code net}, and three flows of the run of {@code dos_new}, two over it.
   */
  static List<Example> flows() {
    return List.of(
        flow(0, "benign", "web", "", 10),
        flow(0, "benign", "web", "", 20),
        flow(1, "benign", "web", "", 1000),
        flow(1, "benign", "mail", "", 30),
        flow(0, "scan_syn", "nmap", "1", 1),
        flow(0, "scan_syn", "nmap", "2", 2),
        flow(1, "scan_syn", "masscan", "3", 3),
        flow(1, "dos_new", "hping3", "4", 4),
        flow(1, "dos_new", "hping3", "4", 5),
        flow(1, "dos_new", "hping3", "4", 6));
  }

  static Verdicts net() {
    double none = Double.NEGATIVE_INFINITY;
    return new Verdicts(
        "net",
        true,
        0.5,
        List.of("scan", "flood"),
        flows(),
        new double[] {0.1, 0.6, 0.7, 0.2, 0.9, 0.8, none, 0.55, 0.95, 0.3},
        new int[] {-1, 0, 0, -1, 0, 0, -1, 1, 0, 1});
  }

  static Verdicts distance() {
    return new Verdicts(
        "distance",
        false,
        10,
        List.of(),
        flows(),
        new double[] {1, 2, 3, 4, 50, 60, 70, 80, 3.5, 100},
        new int[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
  }

  static Measurement measurement() {
    return new Measurement(
        List.of(0.0, 0.25),
        Set.of("scan_syn"),
        new FalseAlerts(1000, 300, flow -> flow.truth().detail()));
  }

  /** The same as metrics.json tells it. */
  public static ObjectNode metrics() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", Evaluation.FORMAT);
    node.putObject("captures").putObject("one").put("flows", 5);
    node.withObject("captures").putObject("two").put("flows", 5);
    node.putObject("records_left_out").put("unmatched", 2);
    node.putObject("truth_flows_by_label").put("benign", 4).put("scan_syn", 3).put("dos_new", 3);
    node.putArray("trained_labels").add("scan_syn");
    ObjectNode detectors = node.putObject("detectors");
    for (Verdicts verdicts : List.of(net(), distance())) {
      detectors.set(verdicts.detector(), measurement().of(verdicts, List.of("one", "two")));
    }
    return node;
  }
}
