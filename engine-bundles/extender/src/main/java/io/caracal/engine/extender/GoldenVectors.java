package io.caracal.engine.extender;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Rows of {@code caracal/golden.json} and what the model must answer to them.
 *
 * @param tolerance largest deviation of a score, times the score's own size where that is above 1
 */
public record GoldenVectors(double tolerance, List<Row> rows) {
  /** Fewer rows prove too little. */
  static final int LEAST_ROWS = 8;

  private static final FlowIdentity NOBODY = new FlowIdentity(false, 0, 0, 0, 0, 0, 0, 0, 0, false);

  /**
   * One flow.
   *
   * @param inputs for each view its row, flattened row-major
   * @param packets packets of both directions
   * @param score the score, empty where the model must abstain
   * @param attackClass name of the class it must name; empty if any will do
   */
  public record Row(
      Map<String, float[]> inputs, int packets, OptionalDouble score, String attackClass) {}

  public GoldenVectors {
    rows = List.copyOf(rows);
  }

  /**
   * Reads golden vectors.
   *
   * @param json the bytes of {@code caracal/golden.json}
   * @param bundle names the bundle in messages
   * @param descriptor whose inputs and classes they must fit
   * @throws ModelException with one sentence that names bundle and key
   */
  public static GoldenVectors parse(byte[] json, String bundle, ModelDescriptor descriptor)
      throws ModelException {
    StrictObject root = StrictObject.parse(json, "caracal/golden.json of bundle " + bundle);
    double tolerance = root.number("tolerance");
    if (!(tolerance > 0)) {
      throw root.wrong("tolerance", "be more than 0");
    }
    List<Row> rows = new ArrayList<>();
    for (StrictObject row : root.objects("rows")) {
      rows.add(row(row, descriptor));
    }
    if (rows.size() < LEAST_ROWS) {
      throw root.wrong("rows", "hold at least " + LEAST_ROWS + " rows");
    }
    root.end();
    return new GoldenVectors(tolerance, rows);
  }

  private static Row row(StrictObject row, ModelDescriptor descriptor) throws ModelException {
    StrictObject object = row.object("inputs");
    Map<String, float[]> inputs = object.floatsByName();
    for (ModelDescriptor.Input input : descriptor.inputs()) {
      float[] values = inputs.getOrDefault(input.view(), new float[0]);
      if (values.length != input.columns().size()) {
        throw object.wrong(input.view(), "hold " + input.columns().size() + " numbers");
      }
    }
    OptionalDouble score =
        row.has("score") ? OptionalDouble.of(row.number("score")) : OptionalDouble.empty();
    String attackClass = row.optionalText("class");
    List<String> known = descriptor.classes().stream().map(AttackClass::name).toList();
    if (!attackClass.isEmpty() && !known.contains(attackClass)) {
      throw row.wrong("class", "be one of the model's classes " + known);
    }
    Row read = new Row(inputs, row.integer("packets", 1), score, attackClass);
    row.end();
    return read;
  }

  /**
   * Has the detector score all rows as one batch and one by one.
   *
   * @param views at least the views that it reads
   * @throws ModelException at the first row that it answers wrongly, naming the row and both scores
   */
  public void check(Detector detector, List<View> views) throws ModelException {
    check(detector, views, 0, rows.size());
    for (int row = 0; row < rows.size(); row++) {
      check(detector, views, row, row + 1);
    }
  }

  private void check(Detector detector, List<View> views, int from, int to) throws ModelException {
    FlowBatch batch = new FlowBatch(to - from, views);
    for (Row row : rows.subList(from, to)) {
      batch.addRow(NOBODY, row.packets(), 0, row.inputs());
    }
    Scores scores = new Scores(batch.size());
    scores.reset(batch.size());
    String how = to - from == 1 ? " on its own" : " in a batch of " + batch.size();
    try {
      detector.score(batch, scores);
    } catch (Exception e) {
      throw new ModelException(
          "the model fails on golden vector " + from + how + ": " + e.getMessage(), e);
    }
    List<AttackClass> classes = detector.description().classes();
    for (int row = from; row < to; row++) {
      String expected = answer(rows.get(row));
      String actual = answer(scores, row - from, classes);
      if (!agrees(rows.get(row), scores, row - from, classes)) {
        throw new ModelException(
            "golden vector "
                + row
                + " expects "
                + expected
                + " but the model answers "
                + actual
                + how
                + " (tolerance "
                + tolerance
                + ")");
      }
    }
  }

  private boolean agrees(Row row, Scores scores, int at, List<AttackClass> classes) {
    if (row.score().isEmpty() || scores.abstained(at)) {
      return row.score().isEmpty() && scores.abstained(at);
    }
    double expected = row.score().getAsDouble();
    boolean near =
        Math.abs(scores.score(at) - expected) <= tolerance * Math.max(1, Math.abs(expected));
    return near
        && (row.attackClass().isEmpty()
            || row.attackClass().equals(name(scores.attackClass(at), classes)));
  }

  private static String answer(Row row) {
    if (row.score().isEmpty()) {
      return "an abstention";
    }
    String score = Double.toString(row.score().getAsDouble());
    return row.attackClass().isEmpty() ? score : score + " " + row.attackClass();
  }

  private static String answer(Scores scores, int at, List<AttackClass> classes) {
    if (scores.abstained(at)) {
      return "an abstention";
    }
    return (scores.score(at) + " " + name(scores.attackClass(at), classes)).strip();
  }

  private static String name(int attackClass, List<AttackClass> classes) {
    return attackClass == Scores.NO_CLASS ? "" : classes.get(attackClass).name();
  }
}
