package io.caracal.trainer.detector;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.evaluate.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Mean and standard deviation of figures over the seeds. */
final class SeedSpread {
  private SeedSpread() {}

  static ObjectNode of(List<Figures> figures) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("count", figures.size());
    put(node, "roc_auc", figures, f -> f.all().rocAuc());
    put(node, "pr_auc", figures, f -> f.all().prAuc());
    put(node, "tpr_at_fpr_0.001", figures, f -> f.all().tprAt001());
    put(node, "tpr_at_fpr_0.01", figures, f -> f.all().tprAt01());
    return node;
  }

  private static void put(
      ObjectNode node, String name, List<Figures> figures, ToDoubleFunction<Figures> figure) {
    node.set(name, Spread.of(figures.stream().mapToDouble(figure).toArray()));
  }
}
