package io.caracal.trainer.network;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Rates of events over the past, from sums that fade at different speeds. A slow sum less the next
 * faster one holds what happened between the two scales, so that the differences are a series in
 * time whose steps grow with age: the logarithms of events per second, oldest first.
 */
final class RateSeries {
  /** Added to every count, so that no rate is zero. */
  private static final float HALF = 0.5f;

  private static final Pattern SCALE = Pattern.compile(".*_(\\d+)s");

  private final long[] columns;
  private final float[] differences;
  private final float[] logSeconds;
  private final int[] series;

  /**
   * Series of some columns.
   *
   * @param layout the views
   * @param names for each series its columns {@code VIEW/COLUMN_SECONDSs}, slowest first
   * @throws TrainerException if a column is not there, has no scale or is not faster than the one
   *     before
   */
  RateSeries(InputLayout layout, List<List<String>> names) {
    List<String> known = layout.columnNames();
    List<String> flat = names.stream().flatMap(List::stream).toList();
    columns = new long[flat.size()];
    differences = new float[flat.size() * flat.size()];
    logSeconds = new float[flat.size()];
    series = new int[flat.size()];
    int at = 0;
    for (int s = 0; s < names.size(); s++) {
      List<String> one = names.get(s);
      for (int i = 0; i < one.size(); i++) {
        columns[at] = known.indexOf(one.get(i));
        if (columns[at] < 0) {
          throw new TrainerException("the views have no column " + one.get(i) + " to forecast");
        }
        series[at] = s;
        differences[at * flat.size() + at] = 1;
        double span = scale(one.get(i));
        if (i + 1 < one.size()) {
          differences[at * flat.size() + at + 1] = -1;
          span -= scale(one.get(i + 1));
        }
        if (span <= 0) {
          throw new TrainerException(one + " is no series: name the slowest column first");
        }
        logSeconds[at] = (float) Math.log(span);
        at++;
      }
    }
  }

  private static double scale(String column) {
    Matcher matcher = SCALE.matcher(column);
    if (!matcher.matches()) {
      throw new TrainerException(
          column + " does not say over how many seconds it fades: choose columns like X_60s");
    }
    return Double.parseDouble(matcher.group(1));
  }

  /** Points of all series. */
  int width() {
    return columns.length;
  }

  /** The series of a point. */
  int series(int point) {
    return series[point];
  }

  /** The points that have an older one in their series: they can be foretold. */
  List<Integer> foretold() {
    List<Integer> points = new ArrayList<>();
    for (int point = 1; point < series.length; point++) {
      if (series[point] == series[point - 1]) {
        points.add(point);
      }
    }
    return points;
  }

  /** Logarithms of rates, (N, width). */
  Tensor values(Tensor rows) {
    Tensor sums = rows.index_select(1, torch.tensor(columns));
    Tensor counts =
        sums.matmul(Tensors.of(differences, columns.length, columns.length).transpose(0, 1)).relu();
    return counts.add(Tensors.scalar(HALF)).log().sub(Tensors.of(logSeconds, 1, columns.length));
  }

  /** The same in a graph. */
  String node(OnnxGraph graph, String rows) {
    String sums =
        graph.node(
            "Gather",
            List.of(rows, graph.integers(columns)),
            node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    String matrix = graph.constant(differences, columns.length, columns.length);
    String counts =
        graph.node(
            "Gemm",
            List.of(sums, matrix),
            node -> node.addAttribute(OnnxGraph.attribute("transB", 1)));
    String logs =
        graph.node("Log", graph.node("Add", graph.node("Relu", counts), graph.constant(HALF)));
    return graph.node("Sub", logs, graph.constant(logSeconds, 1, columns.length));
  }
}
