package io.caracal.core.internal.site;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * What was learnt of a site's traffic.
 *
 * @param learnt records of normal traffic
 * @param leftOut records of hosts that are suspects
 * @param rows columns of records of normal traffic
 */
public record Lesson(
    Detectors detectors,
    Traffic traffic,
    Suspects suspects,
    List<Weighted> learnt,
    List<Weighted> leftOut,
    FlatViews views,
    List<ColumnRow> rows) {

  /** No host and no stretch of time counts for more than this share of the traffic. */
  private static final double MOST_SHARE = 0.1;

  private static final int STRETCHES = 24;

  /**
   * A record.
   *
   * @param represents records that it stands for
   */
  record Weighted(Observation observation, double represents) {}

  /**
   * What records count for where the question is what is normal: a talkative host or a busy hour
   * counts for a tenth of the whole.
   */
  static double[] weights(List<Weighted> records) {
    long first = records.stream().mapToLong(r -> r.observation().nanos()).min().orElse(0);
    long last = records.stream().mapToLong(r -> r.observation().nanos()).max().orElse(0);
    double stretch = Math.max(1, (last - first + 1.0) / STRETCHES);
    Map<Object, Double> shares = new HashMap<>();
    double total = 0;
    for (Weighted record : records) {
      total += record.represents();
      shares.merge(record.observation().source(), record.represents(), Double::sum);
      shares.merge(at(record, first, stretch), record.represents(), Double::sum);
    }
    double most = MOST_SHARE * total;
    double[] weights = new double[records.size()];
    for (int i = 0; i < weights.length; i++) {
      Weighted record = records.get(i);
      weights[i] =
          record.represents()
              * Math.min(1, most / shares.get(record.observation().source()))
              * Math.min(1, most / shares.get(at(record, first, stretch)));
    }
    return weights;
  }

  /** Records that these stand for. */
  static double represented(List<Weighted> records) {
    return records.stream().mapToDouble(Weighted::represents).sum();
  }

  /** Days from the first packet to the last. */
  public double days() {
    return traffic.days();
  }

  /** Flows but for the share of those that were left out. */
  public double normalFlows() {
    double normal = represented(learnt);
    return traffic.flows() * normal / Math.max(1, normal + represented(leftOut));
  }

  /** Flows of normal traffic per day. */
  double flowsPerDay() {
    return days() > 0 ? normalFlows() / days() : 0;
  }

  /** Scores of one column of detectors at some of the times, without abstentions. */
  float[] scores(int column, LongPredicate times) {
    return floats(
        learnt.stream()
            .map(Weighted::observation)
            .filter(o -> times.test(o.nanos()))
            .map(o -> o.score(column))
            .filter(score -> !Float.isNaN(score))
            .toList());
  }

  /** Values of one column of the flat views, of rows that are as wide as these are now. */
  float[] column(int column, int width) {
    return floats(
        rows.stream().filter(row -> row.width() == width).map(row -> row.value(column)).toList());
  }

  private static float[] floats(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static Integer at(Weighted record, long first, double stretch) {
    return (int) ((record.observation().nanos() - first) / stretch);
  }
}
