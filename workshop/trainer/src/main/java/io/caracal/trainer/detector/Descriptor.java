package io.caracal.trainer.detector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.Digests;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.List;

/** A detector's model.json, but for its provenance and figures. */
final class Descriptor {
  private final DetectorTrainer trainer;
  private final Recipe recipe;
  private final Corpus corpus;
  private final InputLayout layout;

  Descriptor(DetectorTrainer trainer, Recipe recipe, Corpus corpus) {
    this.trainer = trainer;
    this.recipe = recipe;
    this.corpus = corpus;
    layout = corpus.layout(recipe.views());
  }

  /** Describes a model, see docs/model-bundle.md. */
  ObjectNode of(TrainedModel model, double threshold) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", 1);
    node.put("id", recipe.id());
    node.put("version", recipe.version());
    node.put("family", recipe.family());
    node.put("kind", trainer.supervised() ? "supervised" : "unsupervised");
    node.put("model", model.fileName());
    node.put("sha256", Digests.sha256(model.bytes()));
    ArrayNode inputs = node.putArray("inputs");
    layout.inputs().forEach(input -> describe(inputs.addObject(), input));
    List<String> outputs = trainer.outputs();
    if (!outputs.isEmpty()) {
      ObjectNode names = node.putObject("outputs").put("score", outputs.getFirst());
      if (trainer.supervised()) {
        names.put("classes", outputs.get(1));
      }
    }
    if (trainer.supervised()) {
      ArrayNode classes = node.putArray("classes");
      recipe
          .classes()
          .forEach(c -> classes.addObject().put("name", c.name()).put("technique", c.technique()));
    }
    node.put("minimumPackets", recipe.minimumPackets());
    node.put("threshold", threshold);
    if (!layout.flat().isEmpty()) {
      typical(node.putObject("typical"));
    }
    node.set("flows", corpus.header().flows());
    return node;
  }

  private static void describe(ObjectNode node, InputLayout.Input input) {
    node.put("name", input.name()).put("view", input.name()).put("version", input.version());
    input.shape().forEach(node.putArray("shape")::add);
    input.columns().forEach(node.putArray("columns")::add);
  }

  /** Medians over a sample, so that two-packet look-ups do not say alone what is typical. */
  private void typical(ObjectNode node) {
    List<Example> benign =
        new Sampler(recipe.sampling())
            .sample(
                corpus.examples(e -> e.benign() && e.part() == Part.TRAIN), recipe.split().seed());
    float[] medians = Columns.medians(corpus.rows(benign, layout), layout.width());
    for (InputLayout.Input view : layout.flat()) {
      ArrayNode values = node.putArray(view.name());
      for (int column = 0; column < view.width(); column++) {
        values.add(medians[view.offset() + column]);
      }
    }
  }
}
