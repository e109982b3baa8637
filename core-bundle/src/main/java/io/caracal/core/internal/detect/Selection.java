package io.caracal.core.internal.detect;

import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Some rows of a batch, gathered into a dense one of their own; reused. Used by one thread. */
final class Selection {
  private int[] rows = new int[0];
  private int size;
  private Scores scores = new Scores(1);

  /** By the views they carry; there are as many as detectors that read different ones. */
  private final Map<List<View>, FlowBatch> batches = new HashMap<>();

  /** Chooses rows of a batch. */
  void choose(FlowBatch batch, IntPredicate wanted) {
    if (rows.length < batch.capacity()) {
      rows = new int[batch.capacity()];
      scores = new Scores(batch.capacity());
      batches.clear();
    }
    size = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (wanted.test(row)) {
        rows[size++] = row;
      }
    }
  }

  /** How many were chosen. */
  int size() {
    return size;
  }

  /** The chosen rows side by side, with those of the named views that the batch carries. */
  FlowBatch gather(FlowBatch batch, List<String> names) {
    List<View> views = new ArrayList<>(names.size());
    for (View view : batch.views()) {
      if (names.contains(view.description().name())) {
        views.add(view);
      }
    }
    FlowBatch dense = batches.computeIfAbsent(views, v -> new FlowBatch(rows.length, v));
    dense.clear();
    for (int i = 0; i < size; i++) {
      dense.addFrom(batch, rows[i]);
    }
    scores.reset(size);
    return dense;
  }

  /** Room for the scores of what was gathered. */
  Scores scores() {
    return scores;
  }

  /** Puts the scores where the rows came from. */
  void scatter(Scores all) {
    for (int i = 0; i < size; i++) {
      all.copy(rows[i], scores, i);
    }
  }
}
