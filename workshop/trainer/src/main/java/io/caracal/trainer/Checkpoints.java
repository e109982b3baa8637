package io.caracal.trainer;

import io.caracal.trainer.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a training keeps the states from which it can go on: beside its recipe, until it is done.
 */
final class Checkpoints {
  private final Path all;
  private final Path folder;
  private final Path recipe;

  private Checkpoints(Path all, Path folder, Path recipe) {
    this.all = all;
    this.folder = folder;
    this.recipe = recipe;
  }

  static Checkpoints of(Recipe.File file) {
    Path all =
        file.file().toAbsolutePath().resolveSibling(file.file().getFileName() + ".checkpoints");
    return new Checkpoints(all, all.resolve(file.sha256().substring(0, 16)), file.file());
  }

  Path folder() {
    return folder;
  }

  /** Fails if there is nothing to go on from. */
  void require() {
    if (!Files.isDirectory(folder)) {
      throw new TrainerException(
          "no interrupted training of "
              + recipe
              + " as it is now is kept in "
              + all
              + ": train without --resume");
    }
  }

  /** Forgets all states of the recipe. */
  void delete() {
    if (!Files.exists(all)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(all)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new TrainerException(all + " cannot be removed: " + e.getMessage(), e);
    }
  }
}
