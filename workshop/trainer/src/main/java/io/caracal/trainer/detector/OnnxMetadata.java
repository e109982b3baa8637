package io.caracal.trainer.detector;

import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an ONNX file says of itself, so that it can be told apart without its bundle. */
final class OnnxMetadata {
  private OnnxMetadata() {}

  static SortedMap<String, String> of(Recipe recipe, InputLayout layout) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("caracal.id", recipe.id());
    metadata.put("caracal.version", recipe.version());
    metadata.put(
        "caracal.views",
        layout.inputs().stream()
            .map(view -> view.name() + ' ' + view.version())
            .collect(Collectors.joining(",")));
    metadata.put("caracal.columns", String.join(",", layout.columnNames()));
    metadata.put(
        "caracal.classes",
        recipe.classes().stream().map(ClassEntry::name).collect(Collectors.joining(",")));
    return metadata;
  }
}
