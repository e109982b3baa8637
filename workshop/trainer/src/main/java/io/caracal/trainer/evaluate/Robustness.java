package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Example;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a mutation of attacks costs: the share of the mutated flows that is found before and after,
 * at thresholds that stay those of the traffic as it was.
 */
public final class Robustness {
  private static final double[] RATES = {0.001, 0.01};

  private Robustness() {}

  /**
   * Compares.
   *
   * @param before verdicts on the captures as they are
   * @param after verdicts on the mutated ones, by the same detectors
   * @param changed which truth flows the mutation changed
   * @return by detector: {@code in_force} and TPR at the rates, each {@code before} and {@code
   *     after}
   */
  public static ObjectNode of(
      List<Verdicts> before, List<Verdicts> after, Predicate<Example> changed) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("changed_flows", changed(before.getFirst(), changed).scores().length);
    node.put("changed_flows_seen", changed(after.getFirst(), changed).scores().length);
    ObjectNode detectors = node.putObject("detectors");
    for (int d = 0; d < before.size(); d++) {
      Verdicts was = before.get(d);
      Verdicts is = after.get(d);
      ObjectNode one = detectors.putObject(was.detector());
      put(one, "tpr_in_force", was, is, was.threshold(), changed);
      for (double rate : RATES) {
        double threshold = was.ranking().thresholdAtFpr(rate);
        put(one, "tpr_at_fpr_" + rate, was, is, threshold, changed);
      }
      ObjectNode benign = one.putObject("fpr_in_force");
      Figures.put(benign, "before", share(was.where(i -> was.flows().get(i).benign())));
      Figures.put(benign, "after", share(is.where(i -> is.flows().get(i).benign())));
    }
    return node;
  }

  private static void put(
      ObjectNode node,
      String key,
      Verdicts before,
      Verdicts after,
      double threshold,
      Predicate<Example> changed) {
    ObjectNode pair = node.putObject(key);
    Figures.put(pair, "before", share(changed(before, changed), threshold));
    Figures.put(pair, "after", share(changed(after, changed), threshold));
  }

  private static Verdicts changed(Verdicts verdicts, Predicate<Example> changed) {
    return verdicts.where(i -> changed.test(verdicts.flows().get(i)));
  }

  private static double share(Verdicts verdicts) {
    return share(verdicts, verdicts.threshold());
  }

  private static double share(Verdicts verdicts, double threshold) {
    int found = 0;
    for (double score : verdicts.scores()) {
      found += score >= threshold ? 1 : 0;
    }
    return (double) found / verdicts.scores().length;
  }
}
