package io.caracal.core.internal.alert;

import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.core.internal.detect.DetectorPool;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which features drove a judgement, by occlusion to the benign median. For every column two
 * variants of the flow are scored: the flow with only this column made typical, and a typical flow
 * with only this column as it is. The mean of the score lost and the score gained, relative to the
 * distance between the flow and a typical one, is the column's weight; the second variant keeps
 * redundant columns from hiding each other. One batch per detector, and only for what is shown.
 */
public final class Explainer {
  private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);
  private static final double WORTH_NAMING = 0.02;
  private static final double EPSILON = 1e-6;

  private final DetectorPool detectors;
  private final int most;

  /** An explainer that names at most {@code most} features. */
  public Explainer(DetectorPool detectors, int most) {
    this.detectors = detectors;
    this.most = most;
  }

  /**
   * The features that drove the judgement of one row, most important first; empty if no detector
   * can be explained.
   */
  public List<FeatureDriver> explain(FlowBatch batch, int row) {
    List<FeatureDriver> drivers = new ArrayList<>();
    detectors.use(batch, detector -> drivers.addAll(explain(detector, batch, row)));
    drivers.sort(Comparator.comparingDouble(FeatureDriver::weight).reversed());
    return List.copyOf(drivers.subList(0, Math.min(most, drivers.size())));
  }

  private static List<FeatureDriver> explain(Detector detector, FlowBatch batch, int row) {
    List<FeatureDriver> drivers = new ArrayList<>();
    for (View view : batch.views()) {
      float[] typical = detector.description().typical().get(view.description().name());
      if (typical != null && typical.length == view.description().width()) {
        try {
          drivers.addAll(explain(detector, view, typical, batch, row));
        } catch (Exception e) {
          LOG.warn(
              "detector {} could not be explained: {}", detector.description().id(), e.toString());
        }
      }
    }
    return drivers;
  }

  private static List<FeatureDriver> explain(
      Detector detector, View view, float[] typical, FlowBatch batch, int row) throws Exception {
    ViewDescription columns = view.description();
    int width = columns.width();
    FlowBatch variants = new FlowBatch(2 * width + 2, batch.views());
    for (int i = 0; i < variants.capacity(); i++) {
      variants.addFrom(batch, row);
    }
    FloatBuffer values = variants.view(columns.name());
    float[] actual = new float[width];
    batch.view(columns.name()).get(row * width, actual);
    for (int column = 0; column < width; column++) {
      values.put(column * width + column, typical[column]);
      int inserted = (width + column) * width;
      values.put(inserted, typical);
      values.put(inserted + column, actual[column]);
    }
    values.put((2 * width + 1) * width, typical);
    Scores scores = new Scores(variants.capacity());
    scores.reset(variants.size());
    detector.score(variants, scores);
    return drivers(detector.description(), columns, actual, typical, scores);
  }

  private static List<FeatureDriver> drivers(
      DetectorDescription detector,
      ViewDescription columns,
      float[] actual,
      float[] typical,
      Scores scores) {
    int width = columns.width();
    double full = height(detector, scores.score(2 * width));
    double base = height(detector, scores.score(2 * width + 1));
    List<FeatureDriver> drivers = new ArrayList<>();
    if (scores.abstained(2 * width) || full - base < EPSILON) {
      return drivers;
    }
    for (int column = 0; column < width; column++) {
      double lost = full - height(detector, scores.score(column));
      double gained = height(detector, scores.score(width + column)) - base;
      double weight = Math.clamp((lost + gained) / 2 / (full - base), 0, 1);
      if (weight >= WORTH_NAMING && actual[column] != typical[column]) {
        ViewDescription.Column named = columns.columns().get(column);
        drivers.add(
            new FeatureDriver(
                detector.id(),
                columns.name(),
                named.name(),
                named.unit(),
                actual[column],
                typical[column],
                (float) weight));
      }
    }
    return drivers;
  }

  /** On a scale on which a saturated probability still moves. */
  private static double height(DetectorDescription detector, float score) {
    if (detector.kind() == DetectorKind.UNSUPERVISED) {
      return score;
    }
    double p = Math.clamp(score, 1e-4, 1 - 1e-4);
    return Math.log(p / (1 - p));
  }
}
