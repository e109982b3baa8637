package io.caracal.trainer.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.Answer;
import io.caracal.trainer.scoring.BatchScorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows with what the model answers, by which the sensor tests a bundle before it may score. */
public final class GoldenVectors {
  private static final double TOLERANCE = 1e-4;
  private static final int BENIGN = 10;
  private static final int ATTACKS = 12;
  private static final int ABSTAINING = 2;
  private static final int FEWEST = 8;

  /** Below this the class is not what the score is about. */
  private static final float CERTAIN = 0.5f;

  private GoldenVectors() {}

  /**
   * Chooses rows and asks the model.
   *
   * @param recipe the recipe
   * @param corpus the data
   * @param pool records to choose from
   * @param model the finished model
   * @param supervised whether the answers carry a class
   * @return golden.json
   */
  public static ObjectNode of(
      Recipe recipe, Corpus corpus, List<Example> pool, BatchScorer model, boolean supervised) {
    List<Example> chosen = new ArrayList<>();
    List<Example> scored =
        pool.stream().filter(e -> e.packets() >= recipe.minimumPackets()).toList();
    chosen.addAll(spread(scored.stream().filter(Example::benign).toList(), BENIGN));
    chosen.addAll(spread(scored.stream().filter(e -> !e.benign()).toList(), ATTACKS));
    if (chosen.size() < FEWEST) {
      throw new TrainerException("there are too few flows for golden vectors: give more data");
    }
    chosen.addAll(
        spread(
            pool.stream().filter(e -> e.packets() < recipe.minimumPackets()).toList(), ABSTAINING));
    InputLayout layout = corpus.layout(recipe.views());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("tolerance", TOLERANCE);
    ArrayNode rows = node.putArray("rows");
    for (Example example : chosen) {
      float[] row = corpus.rows(List.of(example), layout);
      ObjectNode one = rows.addObject();
      ObjectNode inputs = one.putObject("inputs");
      for (InputLayout.Input input : layout.inputs()) {
        ArrayNode values = inputs.putArray(input.name());
        for (int column = 0; column < input.width(); column++) {
          values.add(row[input.offset() + column]);
        }
      }
      one.put("packets", example.packets());
      if (example.packets() < recipe.minimumPackets()) {
        one.putNull("score");
        continue;
      }
      Answer answer = model.score(row, 1);
      one.put("score", answer.scores()[0]);
      if (supervised && answer.scores()[0] >= CERTAIN) {
        one.put("class", recipe.classes().get(answer.likeliest(0)).name());
      }
    }
    return node;
  }

  /** One record of each kind in turn, so that few records show many kinds. */
  private static List<Example> spread(List<Example> pool, int count) {
    Map<String, List<Example>> kinds = new LinkedHashMap<>();
    pool.forEach(e -> kinds.computeIfAbsent(e.kind(), kind -> new ArrayList<>()).add(e));
    List<Example> chosen = new ArrayList<>();
    for (int turn = 0; chosen.size() < Math.min(count, pool.size()); turn++) {
      for (List<Example> kind : kinds.values()) {
        if (turn < kind.size() && chosen.size() < count) {
          chosen.add(kind.get(turn));
        }
      }
    }
    return chosen;
  }
}
