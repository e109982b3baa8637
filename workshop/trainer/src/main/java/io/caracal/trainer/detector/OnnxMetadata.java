package io.caracal.trainer.detector;

import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.RowsHeader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an ONNX file says of itself, so that it can be told apart without its bundle. */
final class OnnxMetadata {
  private OnnxMetadata() {}

  static SortedMap<String, String> of(Recipe recipe, RowsHeader header) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("caracal.id", recipe.id());
    metadata.put("caracal.version", recipe.version());
    metadata.put("caracal.view", recipe.view());
    metadata.put("caracal.view.version", header.view(recipe.view()).version());
    metadata.put("caracal.columns", String.join(",", header.columnNames(recipe.view())));
    metadata.put(
        "caracal.classes",
        recipe.classes().stream().map(ClassEntry::name).collect(Collectors.joining(",")));
    return metadata;
  }
}
