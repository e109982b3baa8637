package io.caracal.engine.extender;

import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the views that are there are those that a model was trained on. */
sealed interface ViewMatch {
  /** Every input has its view. */
  record Complete(List<View> views) implements ViewMatch {}

  /** A view is not there (yet). */
  record Missing(String reason) implements ViewMatch {}

  /** A view of the right name and version has other columns. */
  record Different(String reason) implements ViewMatch {}

  static ViewMatch of(List<ModelDescriptor.Input> inputs, List<View> present) {
    List<View> found = new ArrayList<>();
    for (ModelDescriptor.Input input : inputs) {
      List<View> named =
          present.stream().filter(candidate -> named(input, candidate.description())).toList();
      Optional<View> view =
          named.stream()
              .filter(candidate -> difference(input, candidate.description()).isEmpty())
              .findFirst()
              .or(() -> named.stream().findFirst());
      if (view.isEmpty()) {
        return new Missing(
            "waits for the view " + input.view() + " " + input.version() + ", which nobody offers");
      }
      Optional<String> difference = difference(input, view.get().description());
      if (difference.isPresent()) {
        return new Different(difference.get());
      }
      if (!found.contains(view.get())) {
        found.add(view.get());
      }
    }
    return new Complete(found);
  }

  /** Why a model could not read a view if it took the place of those of its name. */
  static Optional<String> unfit(List<ModelDescriptor.Input> inputs, View view) {
    for (ModelDescriptor.Input input : inputs) {
      if (input.view().equals(view.description().name())) {
        return named(input, view.description())
            ? difference(input, view.description())
            : Optional.of("it reads the view " + input.view() + " " + input.major() + ".x");
      }
    }
    return Optional.empty();
  }

  private static boolean named(ModelDescriptor.Input input, ViewDescription view) {
    return view.name().equals(input.view()) && view.version().startsWith(input.major() + ".");
  }

  private static Optional<String> difference(ModelDescriptor.Input input, ViewDescription view) {
    String which = "the view " + view.name() + " " + view.version();
    if (!view.shape().equals(input.shape())) {
      return Optional.of(
          which + " has shape " + view.shape() + " but the model was trained on " + input.shape());
    }
    List<String> columns = view.columnNames();
    for (int i = 0; i < columns.size(); i++) {
      if (!columns.get(i).equals(input.columns().get(i))) {
        return Optional.of(
            "column %d of %s is '%s' but the model was trained on '%s'"
                .formatted(i, which, columns.get(i), input.columns().get(i)));
      }
    }
    return Optional.empty();
  }
}
