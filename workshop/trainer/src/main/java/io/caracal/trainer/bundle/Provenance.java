package io.caracal.trainer.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.recipe.SplitPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Where a model comes from, as model.json tells it. No times: the same training says the same. */
public final class Provenance {
  private Provenance() {}

  /**
   * Collects it.
   *
   * @param file the recipe
   * @param corpus the data
   * @return the object {@code training}
   */
  public static ObjectNode of(Recipe.File file, Corpus corpus) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Recipe recipe = file.recipe();
    node.put("recipe_sha256", file.sha256());
    node.put("code_revision", revision(file.file()));
    ArrayNode captures = node.putArray("captures");
    for (Campaign campaign : corpus.campaigns()) {
      captures.addObject().put("name", campaign.name()).put("sha256", campaign.captureSha256());
    }
    split(node.putObject("split"), recipe.split(), corpus);
    ObjectNode counts = node.putObject("records_by_label");
    corpus
        .counts()
        .forEach(
            (label, parts) -> {
              ObjectNode one = counts.putObject(label);
              parts.forEach((part, n) -> one.put(part.name().toLowerCase(Locale.ROOT), n));
            });
    ObjectNode leftOut = node.putObject("records_left_out");
    corpus.leftOut().forEach(leftOut::put);
    node.put("seed", recipe.seeds().getFirst());
    node.put("threads", 1);
    node.put("cpu_features", String.join(" ", Processor.instructionSets()));
    node.put("java", System.getProperty("java.version"));
    return node;
  }

  private static void split(ObjectNode node, SplitPlan plan, Corpus corpus) {
    node.put("seed", plan.seed());
    node.put("calibration", plan.calibration());
    node.put("validation", plan.validation());
    node.put("cycle_seconds", plan.cycleSeconds());
    node.put("gap_seconds", plan.gapSeconds());
    corpus.split().trainOnly().forEach(node.putArray("train_only_labels")::add);
    ObjectNode runs = node.putObject("attack_runs");
    corpus
        .split()
        .runs()
        .forEach(
            (label, parts) -> {
              ObjectNode one = runs.putObject(label);
              parts.forEach((part, n) -> one.put(part.name().toLowerCase(Locale.ROOT), n));
            });
  }

  private static String revision(Path recipe) {
    List<String> command = List.of("git", "rev-parse", "HEAD");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(recipe.toAbsolutePath().getParent().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? out : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
