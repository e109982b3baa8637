package io.caracal.trainer.evaluate;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.RowsHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what the sensor's detectors and its ensemble said from the columns of a replay. */
public final class SensorVerdicts {
  /** Name of the ensemble among the detectors. */
  public static final String ENSEMBLE = "ensemble";

  private static final String SCORE = "/score";
  private static final String PROBABILITY = "/probability";
  private static final String CLASS = "/class";

  private SensorVerdicts() {}

  /**
   * Reads.
   *
   * @param corpus captures whose rows carry scores
   * @param examples the records to measure on
   * @return one for each detector, in the order of the columns, the ensemble last
   */
  public static List<Verdicts> of(Corpus corpus, List<Example> examples) {
    FlowGroups groups = new FlowGroups(examples);
    List<String> columns = corpus.header().columns();
    List<Verdicts> verdicts = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      String column = columns.get(c);
      if (column.endsWith(SCORE) || column.equals(ENSEMBLE + PROBABILITY)) {
        verdicts.add(
            of(corpus, examples, groups, column.substring(0, column.indexOf('/')), column(c)));
      }
    }
    return verdicts;
  }

  @FunctionalInterface
  private interface Column {
    float value(FlowRows rows, int row);
  }

  private static Column column(int index) {
    return index < 0 ? (rows, row) -> Float.NaN : (rows, row) -> rows.value(row, index);
  }

  private static Verdicts of(
      Corpus corpus, List<Example> examples, FlowGroups groups, String detector, Column score) {
    RowsHeader header = corpus.header();
    Column named = column(header.columns().indexOf(detector + CLASS));
    float[] scores = values(corpus, examples, score);
    float[] classes = values(corpus, examples, named);
    int[] decisive = groups.decisive(scores);
    List<String> names = header.classes().getOrDefault(detector, List.of());
    return new Verdicts(
        detector,
        detector.equals(ENSEMBLE) || !names.isEmpty(),
        header.thresholds().getOrDefault(detector, Double.NaN),
        names,
        groups.flows(),
        Arrays.stream(decisive).mapToDouble(i -> i < 0 ? NONE : scores[i]).toArray(),
        Arrays.stream(decisive).map(i -> i < 0 ? -1 : index(classes[i])).toArray());
  }

  private static final double NONE = Double.NEGATIVE_INFINITY;

  private static int index(float value) {
    return Float.isNaN(value) ? -1 : (int) value;
  }

  private static float[] values(Corpus corpus, List<Example> examples, Column column) {
    float[] values = new float[examples.size()];
    for (int i = 0; i < values.length; i++) {
      Example example = examples.get(i);
      values[i] = column.value(corpus.campaigns().get(example.campaign()).rows(), example.row());
    }
    return values;
  }
}
