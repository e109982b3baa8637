package io.caracal.trainer.detector;

import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.Answer;
import io.caracal.trainer.scoring.BatchScorer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A box plot of counts and rates: the score is how many interquartile ranges the worst of them lies
 * outside its box, on a logarithmic scale. The simplest thing that detects floods, and on some data
 * sets as good as any network.
 */
final class RateBaseline implements BatchScorer {
  /** A box that is no box at all would make every value an outlier. */
  private static final double LEAST_RANGE = 0.1;

  private static final List<String> COLUMNS =
      List.of(
          "cic/Total Fwd Packet",
          "cic/Total Bwd packets",
          "cic/Total Length of Fwd Packet",
          "cic/Total Length of Bwd Packet",
          "cic/Flow Bytes/s",
          "cic/Flow Packets/s",
          "host/kdd.dst_starts",
          "host/src.starts_10s",
          "kdd/count",
          "kdd/srv_count");

  private final int width;
  private final int[] columns;
  private final double[] low;
  private final double[] high;

  /**
   * Fits the boxes.
   *
   * @param layout views, of which at least one column is a count or a rate
   * @param benign raw rows
   */
  RateBaseline(InputLayout layout, float[] benign) {
    width = layout.width();
    columns = columns(layout);
    low = new double[columns.length];
    high = new double[columns.length];
    for (int c = 0; c < columns.length; c++) {
      float[] values = Columns.values(benign, width, columns[c]);
      Arrays.sort(values);
      low[c] = Math.log1p(values[values.length / 4]);
      high[c] = Math.log1p(values[3 * values.length / 4]);
    }
  }

  /** Whether any of the views' columns is a count or a rate. */
  static boolean applies(InputLayout layout) {
    return columns(layout).length > 0;
  }

  private static int[] columns(InputLayout layout) {
    List<String> names = layout.columnNames();
    return IntStream.range(0, names.size()).filter(c -> COLUMNS.contains(names.get(c))).toArray();
  }

  @Override
  public Answer score(float[] rows, int count) {
    float[] scores = new float[count];
    for (int row = 0; row < count; row++) {
      double worst = 0;
      for (int c = 0; c < columns.length; c++) {
        double value = Math.log1p(rows[row * width + columns[c]]);
        double outside = Math.max(low[c] - value, value - high[c]);
        worst = Math.max(worst, outside / Math.max(LEAST_RANGE, high[c] - low[c]));
      }
      scores[row] = (float) worst;
    }
    return new Answer(scores, new float[0]);
  }

  @Override
  public void close() {}
}
