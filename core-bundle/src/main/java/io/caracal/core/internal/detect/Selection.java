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
public final class Selection {
  private int[] rows = new int[0];
  private int size;
  private Scores scores = new Scores(1);

  /** By the views they carry; there are as many as detectors that read different ones. */
  private final Map<List<View>, FlowBatch> batches = new HashMap<>();

  /** Chooses rows of a batch. */
  private void choose(FlowBatch batch, IntPredicate wanted) {
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

  /** The chosen rows side by side, with those of the named views that the batch carries. */
  private FlowBatch gather(FlowBatch batch, List<String> names) {
    List<View> views = new ArrayList<>(names.size());
    for (View view : batch.views()) {
      if (names.contains(view.description().name())) {
        views.add(view);
      }
    }
    FlowBatch dense = batches.get(views);
    if (dense == null) {
      // Views that this batch does not carry were swapped: nothing may hold them.
      batches.keySet().removeIf(known -> !batch.views().containsAll(known));
      dense = new FlowBatch(rows.length, views);
      batches.put(List.copyOf(views), dense);
    }
    dense.clear();
    for (int i = 0; i < size; i++) {
      dense.addFrom(batch, rows[i]);
    }
    scores.reset(size);
    return dense;
  }

  /**
   * Has a detector score what is withheld from it and wanted, the whole batch in place.
   *
   * @param all its scores for the batch
   * @param views names of those it reads
   * @return false if there is nothing to ask
   */
  public <E extends Exception> boolean ask(
      FlowBatch batch, List<String> views, Scores all, IntPredicate wanted, Question<E> question)
      throws E {
    choose(batch, row -> all.withheld(row) && wanted.test(row));
    if (size == batch.size()) {
      all.reset(size);
      question.put(batch, all);
    } else if (size > 0) {
      question.put(gather(batch, views), scores);
      scatter(all);
    }
    return size > 0;
  }

  /** A detector to be asked. */
  @FunctionalInterface
  public interface Question<E extends Exception> {
    /** Has it score a batch. */
    void put(FlowBatch batch, Scores scores) throws E;
  }

  /** Puts the scores where the rows came from. */
  private void scatter(Scores all) {
    for (int i = 0; i < size; i++) {
      all.copy(rows[i], scores, i);
    }
  }
}
