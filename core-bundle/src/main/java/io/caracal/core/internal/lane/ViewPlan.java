package io.caracal.core.internal.lane;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.View;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The views that batches carry.
 *
 * @param views in the order of their names
 * @param contexts what those of them remember that look around
 */
record ViewPlan(List<View> views, List<Around> contexts) {
  /**
   * A view that looks around, at work.
   *
   * @param scratch a row for records whose batch does not carry the view
   */
  record Around(ContextView view, ContextView.Context memory, FloatBuffer scratch) {
    static Around open(ContextView view) {
      return new Around(view, view.open(), FloatBuffer.allocate(view.description().width()));
    }
  }

  /** Copies the lists. */
  ViewPlan {
    views = List.copyOf(views);
    contexts = List.copyOf(contexts);
  }

  /** Whether any view looks around. */
  boolean looksAround() {
    return !contexts.isEmpty();
  }
}
