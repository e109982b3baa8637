package io.caracal.trainer.ensemble;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.scoring.RecordScores;
import java.util.List;

/**
 * What every member of an ensemble says about some flow records.
 *
 * @param examples the records
 * @param members the detectors
 * @param scores of each detector
 */
record MemberScores(List<Example> examples, List<Member> members, List<RecordScores> scores) {
  private static final String NO_CLASS = "anomaly";

  static MemberScores of(List<Member> members, Corpus corpus, List<Example> examples) {
    return new MemberScores(
        examples,
        members,
        members.stream()
            .map(m -> RecordScores.of(m.scorer(), corpus, examples, m.view(), m.minimumPackets()))
            .toList());
  }

  int size() {
    return examples.size();
  }

  /** One score per member, NaN where it abstained. */
  float[] of(int record) {
    float[] row = new float[members.size()];
    for (int m = 0; m < row.length; m++) {
      row[m] = scores.get(m).scores()[record];
    }
    return row;
  }

  /** The class that the combination would name. */
  String attackClass(Combination combination, int record) {
    int spokesman = combination.spokesman(of(record));
    return spokesman < 0
        ? NO_CLASS
        : members.get(spokesman).classes().get(scores.get(spokesman).attackClass(record));
  }

  /** Probability of an attack for every record, NaN where all abstained. */
  float[] probabilities(Combination combination) {
    float[] probabilities = new float[size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = combination.probability(of(i));
    }
    return probabilities;
  }
}
