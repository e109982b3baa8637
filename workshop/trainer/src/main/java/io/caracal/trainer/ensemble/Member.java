package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.Digests;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.forest.ForestModel;
import io.caracal.trainer.onnx.OnnxModel;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.BatchScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A finished detector that an ensemble combines, read from its bundle's files.
 *
 * @param id id of the detector
 * @param version version of its model
 * @param supervised whether its score is a probability
 * @param layout the views it reads
 * @param minimumPackets it abstains from shorter flows
 * @param classes names of its attack classes
 * @param sha256 hash of its model file
 * @param scorer runs it
 */
public record Member(
    String id,
    String version,
    boolean supervised,
    InputLayout layout,
    int minimumPackets,
    List<String> classes,
    String sha256,
    BatchScorer scorer)
    implements AutoCloseable {
  /**
   * Reads a bundle's folder.
   *
   * @param folder holds model.json and the model
   * @return the detector
   */
  public static Member read(Path folder) {
    try {
      JsonNode json = Json.object(Files.readAllBytes(folder.resolve("model.json")));
      byte[] bytes = Files.readAllBytes(folder.resolve(json.path("model").asText()));
      if (!Digests.sha256(bytes).equals(json.path("sha256").asText())) {
        throw new TrainerException(
            folder + " holds a model that its model.json does not describe: train it again");
      }
      InputLayout layout = layout(json.path("inputs"));
      List<String> classes = new ArrayList<>();
      json.path("classes").forEach(c -> classes.add(c.path("name").asText()));
      return new Member(
          json.path("id").asText(),
          json.path("version").asText(),
          json.path("kind").asText().equals("supervised"),
          layout,
          json.path("minimumPackets").asInt(),
          List.copyOf(classes),
          json.path("sha256").asText(),
          scorer(json, bytes, layout, classes));
    } catch (IOException e) {
      throw new TrainerException(
          folder + " holds no trained detector: train the ensemble's members first", e);
    }
  }

  /**
   * The folders that a path means.
   *
   * @param path a folder, or one with {@code *} for a name on the way to it
   * @return the folder itself, or all that hold a detector, in the order of their names
   */
  static List<Path> folders(Path path) {
    for (int i = 0; i < path.getNameCount(); i++) {
      if (path.getName(i).toString().equals("*")) {
        Path above = path.getRoot().resolve(path.subpath(0, i));
        Path below = path.subpath(i + 1, path.getNameCount());
        try (Stream<Path> names = Files.list(above)) {
          return names
              .map(name -> name.resolve(below))
              .filter(folder -> Files.exists(folder.resolve("model.json")))
              .sorted()
              .toList();
        } catch (IOException e) {
          throw TrainerException.unreadable("the folder of members", above, e);
        }
      }
    }
    return List.of(path);
  }

  private static InputLayout layout(JsonNode inputs) {
    List<InputLayout.Input> views = new ArrayList<>();
    int offset = 0;
    for (JsonNode input : inputs) {
      List<Integer> shape = new ArrayList<>();
      input.path("shape").forEach(size -> shape.add(size.asInt()));
      List<String> columns = new ArrayList<>();
      input.path("columns").forEach(column -> columns.add(column.asText()));
      views.add(
          new InputLayout.Input(
              input.path("view").asText(),
              input.path("version").asText(),
              shape,
              offset,
              columns,
              List.of()));
      offset += columns.size();
    }
    return new InputLayout(views);
  }

  private static BatchScorer scorer(
      JsonNode json, byte[] bytes, InputLayout layout, List<String> classes) {
    return json.path("model").asText().endsWith(".onnx")
        ? new OnnxModel(bytes, layout)
        : new ForestModel(bytes, ForestModel.features(layout), classes);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
