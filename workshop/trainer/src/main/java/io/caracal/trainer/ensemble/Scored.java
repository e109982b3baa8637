package io.caracal.trainer.ensemble;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.scoring.RecordScores;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The members' scores of some records.
 *
 * @param examples the records
 * @param members scores of each member
 */
record Scored(List<Example> examples, List<RecordScores> members) {
  static Scored of(Corpus corpus, List<Example> examples, List<Member> members) {
    return new Scored(
        examples,
        members.stream()
            .map(m -> RecordScores.of(m.scorer(), corpus, examples, m.layout(), m.minimumPackets()))
            .toList());
  }

  /** Scores of one record, NaN where a member abstained. */
  float[] of(int record) {
    float[] scores = new float[members.size()];
    for (int m = 0; m < scores.length; m++) {
      scores[m] = members.get(m).scores()[record];
    }
    return scores;
  }

  /** Records of a kind, by index. */
  int[] where(Predicate<Example> wanted) {
    return IntStream.range(0, examples.size()).filter(i -> wanted.test(examples.get(i))).toArray();
  }

  /** A member's scores of benign records that it scored. */
  double[] benign(int member) {
    float[] scores = members.get(member).scores();
    return IntStream.of(where(Example::benign))
        .filter(i -> !Float.isNaN(scores[i]))
        .mapToDouble(i -> scores[i])
        .toArray();
  }

  /** Log odds of every record. */
  double[] logOdds(Combination combination) {
    return IntStream.range(0, examples.size())
        .mapToDouble(i -> combination.logOdds(of(i)))
        .toArray();
  }

  /** Whether each record is of an attack. */
  boolean[] attack() {
    boolean[] attack = new boolean[examples.size()];
    for (int i = 0; i < attack.length; i++) {
      attack[i] = !examples.get(i).benign();
    }
    return attack;
  }
}
