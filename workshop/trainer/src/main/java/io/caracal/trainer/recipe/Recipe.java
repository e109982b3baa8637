package io.caracal.trainer.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caracal.trainer.Digests;
import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that decides what a training run makes. A recipe is a file in TOML or, by its ending,
 * YAML; tables it lacks come from the file that its key {@code base} names.
 *
 * @param id id of the detector
 * @param version version of the model, equal to the bundle's
 * @param family what it is, for people
 * @param architecture what is trained, such as {@code cnn1d} or {@code ensemble}; docs/detectors.md
 *     has them all
 * @param views the feature views it reads, in the order of its rows; an ensemble names none and
 *     reads those of its members
 * @param minimumPackets it abstains from shorter flows
 * @param seeds one model is trained per seed, the first is shipped
 * @param output folder of the bundle's files, relative to the recipe
 * @param data the labelled captures
 * @param flows settings of the flow table as {@code KEY=VALUE}, handed to the sensor
 * @param split who trains, calibrates and validates
 * @param sampling how many records of each kind are trained on
 * @param classes which labels form which attack class
 * @param model hyper-parameters, as the architecture reads them
 */
public record Recipe(
    String id,
    String version,
    String family,
    String architecture,
    List<String> views,
    int minimumPackets,
    List<Long> seeds,
    String output,
    List<Source> data,
    List<String> flows,
    SplitPlan split,
    Sampling sampling,
    List<ClassEntry> classes,
    JsonNode model) {
  private static final TomlMapper TOML =
      TomlMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * A labelled capture.
   *
   * @param name name of the campaign
   * @param capture path below the data root
   * @param truth path below the data root; without it, or empty, all traffic is known to be benign
   * @param mutate how its attacks are changed, as {@code caracal mutate} takes it, or empty; a
   *     changed capture stands beside the same one as it is, and adds attacks to train on
   */
  public record Source(String name, String capture, String truth, String mutate) {}

  /** Copies the lists. */
  public Recipe {
    views = List.copyOf(views);
    seeds = List.copyOf(seeds);
    data = List.copyOf(data);
    flows = List.copyOf(flows);
    classes = List.copyOf(classes);
  }

  /**
   * A recipe and the file it came from.
   *
   * @param recipe its content
   * @param file the file
   * @param sha256 of everything that it says, its base included
   */
  public record File(Recipe recipe, Path file, String sha256) {
    /**
     * Where the bundle's files go.
     *
     * @return the folder
     */
    public Path output() {
      return file.toAbsolutePath().resolveSibling(recipe.output()).normalize();
    }
  }

  /**
   * Reads a recipe.
   *
   * @param file TOML, or YAML if its name ends in {@code .yaml} or {@code .yml}
   * @return its content
   * @throws TrainerException if it cannot be read, lacks a key or has one that means nothing
   */
  public static File read(Path file) {
    ObjectNode tree = tree(file);
    JsonNode base = tree.remove("base");
    if (base != null) {
      ObjectNode merged = tree(file.toAbsolutePath().resolveSibling(base.asText()).normalize());
      if (merged.has("base")) {
        throw new TrainerException(file + " has the base " + base.asText() + ", which has a base");
      }
      merged.setAll(tree);
      tree = merged;
    }
    try {
      String sha256 = Digests.sha256(TOML.writeValueAsBytes(tree));
      for (JsonNode source : tree.path("data")) {
        if (source instanceof ObjectNode table) {
          orEmpty(table, "mutate");
          orEmpty(table, "truth");
        }
      }
      Recipe recipe = TOML.treeToValue(tree, Recipe.class);
      if (recipe.seeds().isEmpty() || recipe.data().isEmpty()) {
        throw new TrainerException(file + " needs at least one seed and one [[data]] table");
      }
      return new File(recipe, file, sha256);
    } catch (JsonProcessingException e) {
      throw new TrainerException(file + " is no recipe: " + e.getOriginalMessage(), e);
    }
  }

  private static void orEmpty(ObjectNode table, String key) {
    if (!table.has(key)) {
      table.put(key, "");
    }
  }

  /**
   * The hyper-parameters.
   *
   * @param type record whose components are the keys of the table {@code model}
   * @param lists keys that may be absent, for an empty list
   * @return its value
   */
  public <T> T model(Class<T> type, String... lists) {
    ObjectNode complete = model.deepCopy();
    for (String list : lists) {
      complete.withArray(list);
    }
    try {
      return TOML.treeToValue(complete, type);
    } catch (JsonProcessingException e) {
      throw new TrainerException(
          "the [model] table of recipe " + id + " is wrong: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Hyper-parameters in a table of the table {@code model}.
   *
   * @param table its name
   * @param type record whose components are its keys
   * @return its value
   */
  public <T> T model(String table, Class<T> type) {
    try {
      return TOML.treeToValue(model.path(table), type);
    } catch (JsonProcessingException e) {
      throw new TrainerException(
          "the [model."
              + table
              + "] table of recipe "
              + id
              + " is wrong: "
              + e.getOriginalMessage(),
          e);
    }
  }

  /**
   * The same recipe with a shorter schedule, for experiments that train many times.
   *
   * @param epochs most epochs, where the architecture has any
   * @return a recipe
   */
  public Recipe withEpochs(int epochs) {
    ObjectNode shorter = model.deepCopy();
    if (shorter.path("fit") instanceof ObjectNode fit) {
      fit.put("epochs", Math.min(epochs, fit.path("epochs").asInt(epochs)));
    }
    return new Recipe(
        id,
        version,
        family,
        architecture,
        views,
        minimumPackets,
        seeds,
        output,
        data,
        flows,
        split,
        sampling,
        classes,
        shorter);
  }

  /**
   * The same architecture over another view, with the same hyper-parameters. It reads all of the
   * view's columns.
   *
   * @param view the only view
   * @param labels the classes there
   * @param rows how many are trained on
   * @return a recipe without data and output
   */
  public Recipe over(String view, List<ClassEntry> labels, Sampling rows) {
    ObjectNode all = model.deepCopy();
    all.remove(List.of("exclude", "include"));
    all.putArray("exclude");
    return new Recipe(
        id,
        version,
        family,
        architecture,
        List.of(view),
        1,
        seeds,
        output,
        List.of(),
        flows,
        split,
        rows,
        labels,
        all);
  }

  private static ObjectNode tree(Path file) {
    boolean yaml = file.toString().matches(".*\\.ya?ml");
    ObjectMapper language = yaml ? YAML : TOML;
    try {
      if (language.readTree(Files.readAllBytes(file)) instanceof ObjectNode tree) {
        return tree;
      }
      throw new TrainerException(file + " is no table of keys and values: see a shipped recipe");
    } catch (JsonProcessingException e) {
      throw new TrainerException(
          file
              + " is no "
              + (yaml ? "YAML" : "TOML")
              + " at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw TrainerException.unreadable("the recipe", file, e);
    }
  }
}
