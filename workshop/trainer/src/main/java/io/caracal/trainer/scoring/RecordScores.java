package io.caracal.trainer.scoring;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One detector's scores of flow records. */
public final class RecordScores {
  private static final int BATCH = 256;

  private final float[] scores;
  private final int[] classes;

  private RecordScores(int count) {
    scores = new float[count];
    classes = new int[count];
    Arrays.fill(scores, Float.NaN);
    Arrays.fill(classes, -1);
  }

  /**
   * Scores records in batches.
   *
   * @param model the model
   * @param corpus where the rows are
   * @param examples the records
   * @param layout the views it reads
   * @param minimumPackets it abstains from shorter flows
   * @return its scores
   */
  public static RecordScores of(
      BatchScorer model,
      Corpus corpus,
      List<Example> examples,
      InputLayout layout,
      int minimumPackets) {
    RecordScores result = new RecordScores(examples.size());
    List<Integer> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < examples.size(); i++) {
      if (examples.get(i).packets() >= minimumPackets) {
        batch.add(i);
      }
      if (batch.size() == BATCH || (i == examples.size() - 1 && !batch.isEmpty())) {
        float[] rows = corpus.rows(batch.stream().map(examples::get).toList(), layout);
        Answer answer = model.score(rows, batch.size());
        for (int k = 0; k < batch.size(); k++) {
          result.scores[batch.get(k)] = answer.scores()[k];
          result.classes[batch.get(k)] = answer.likeliest(k);
        }
        batch.clear();
      }
    }
    return result;
  }

  /** One score per record, NaN where the detector abstained; not to be changed. */
  public float[] scores() {
    return scores;
  }

  /** Whether the detector has no opinion on a record. */
  public boolean abstained(int record) {
    return Float.isNaN(scores[record]);
  }

  /** Index of a record's likeliest attack class, or -1. */
  public int attackClass(int record) {
    return classes[record];
  }
}
