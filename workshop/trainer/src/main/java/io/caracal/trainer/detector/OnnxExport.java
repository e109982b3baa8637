package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.network.Network;
import io.caracal.trainer.network.Parity;
import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.onnx.OnnxModel;
import io.caracal.trainer.onnx.OptimizedGraph;
import io.caracal.trainer.recipe.Recipe;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes the file that ships of a fitted network, and looks whether it says the same. */
final class OnnxExport {
  private OnnxExport() {}

  /**
   * Exports.
   *
   * @param network fitted
   * @param recipe its recipe
   * @param rows raw rows by which both forms are compared
   * @param notes what the training has to say, for the provenance
   * @param progress told the size and the error
   * @return the model
   * @throws io.caracal.trainer.TrainerException if ONNX Runtime answers otherwise than libtorch
   */
  static TrainedModel of(
      Network network, Recipe recipe, float[] rows, Map<String, Object> notes, Progress progress) {
    byte[] bytes = network.export(OnnxMetadata.of(recipe, network.layout()));
    int nodes = OptimizedGraph.nodes(bytes);
    OnnxModel model = new OnnxModel(bytes, network.layout());
    double error = Parity.check(network, model, rows);
    progress.line(
        String.format(
            Locale.ROOT,
            "  exported: opset %d, %d kB, %d nodes after optimization, parity error %.1e",
            OnnxGraph.OPSET,
            bytes.length / 1000,
            nodes,
            error));
    Map<String, Object> all = new TreeMap<>(notes);
    all.put("parity_error", error);
    all.put("onnx_opset", OnnxGraph.OPSET);
    all.put("onnx_optimized_nodes", nodes);
    return new TrainedModel("model.onnx", bytes, model, all);
  }
}
