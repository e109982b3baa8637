package io.caracal.core.internal.alert;

import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.ViewDescription;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.Panel;
import io.caracal.core.internal.detect.Panels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which features drove a judgement, by forward selection: of all {@linkplain FeatureGroup
 * groups} of columns the one is named whose replacement by typical values takes most from the
 * ensemble's log-odds, then, with that one replaced, the next, and so on. What is judged is the
 * whole, through every detector that has a say. One batch per feature named, and only for what is
 * shown.
 *
 * <p>It also counts how often an explanation is faithful: whether the judgement of a flow falls
 * below the threshold once the first {@value #NAMED} named features are typical. Used by one thread
 * at a time.
 */
public final class Explainer {
  private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);

  /** Features that must suffice to undo a judgement. */
  static final int NAMED = 3;

  private static final double WORTH_NAMING = 0.02;
  private static final double EPSILON = 1e-6;

  private final Panels panels;
  private final Cascade cascade;
  private final ToDoubleFunction<Ensemble> threshold;
  private final int most;
  private final boolean everything;
  private long made;
  private long detections;
  private long faithful;
  private long nanos;

  /**
   * An explainer.
   *
   * @param cascade asks the detectors, uncounted
   * @param threshold the probability from which a flow is a detection
   * @param most features that are named
   * @param everything whether every detection is explained, shown or not
   */
  public Explainer(
      Panels panels,
      Cascade cascade,
      ToDoubleFunction<Ensemble> threshold,
      int most,
      boolean everything) {
    this.panels = panels;
    this.cascade = cascade;
    this.threshold = threshold;
    this.most = most;
    this.everything = everything;
  }

  /** The explanation of one row, made when it is asked for; the row must still be there then. */
  public Supplier<List<FeatureDriver>> of(FlowBatch batch, int row) {
    if (everything) {
      List<FeatureDriver> drivers = explain(batch, row);
      return () -> drivers;
    }
    return () -> explain(batch, row);
  }

  /**
   * The features that drove the judgement of one row, most important first; empty if there is
   * nothing to judge by.
   */
  public List<FeatureDriver> explain(FlowBatch batch, int row) {
    Panel panel = panels.current();
    if (panel.ensemble().isEmpty()) {
      return List.of();
    }
    long start = System.nanoTime();
    try {
      return select(panel, panel.ensemble().get(), batch, row);
    } catch (RuntimeException e) {
      LOG.warn("a judgement could not be explained: {}", e.toString());
      return List.of();
    } finally {
      made++;
      nanos += System.nanoTime() - start;
    }
  }

  private List<FeatureDriver> select(Panel panel, Ensemble ensemble, FlowBatch batch, int row) {
    List<FeatureGroup> left = new ArrayList<>(FeatureGroup.of(batch, row, typical(panel)));
    double from = threshold.applyAsDouble(ensemble);
    Variants variants = new Variants(panel, ensemble, cascade, from, batch, row, left.size() + 2);
    variants.reset(List.of(), 2);
    left.forEach(group -> group.makeTypical(variants.rows(), 1));
    variants.judge();
    double full = variants.height(0);
    double distance = full - variants.height(1);
    boolean detected = variants.probability(0) >= from;
    boolean undone = false;
    List<FeatureGroup> chosen = new ArrayList<>();
    List<FeatureDriver> drivers = new ArrayList<>();
    double height = full;
    while (distance > EPSILON
        && drivers.size() < most
        && !(undone && drivers.size() >= NAMED)
        && !left.isEmpty()) {
      variants.reset(chosen, left.size());
      for (int i = 0; i < left.size(); i++) {
        left.get(i).makeTypical(variants.rows(), i);
      }
      variants.judge();
      int best = variants.lowest(left.size());
      double weight = Math.clamp((height - variants.height(best)) / distance, 0, 1);
      if (weight < WORTH_NAMING) {
        break;
      }
      height = variants.height(best);
      chosen.add(left.remove(best));
      drivers.add(driver(ensemble, chosen.getLast(), batch, row, weight));
      undone |= drivers.size() <= NAMED && variants.probability(best) < from;
    }
    detections += detected ? 1 : 0;
    faithful += detected && undone ? 1 : 0;
    return List.copyOf(drivers);
  }

  /** By the first detector that knows them: all learnt them from the same kind of traffic. */
  private static Map<String, float[]> typical(Panel panel) {
    Map<String, float[]> typical = new HashMap<>();
    for (Detector detector : panel.detectors()) {
      detector.description().typical().forEach(typical::putIfAbsent);
    }
    return typical;
  }

  private static FeatureDriver driver(
      Ensemble ensemble, FeatureGroup group, FlowBatch batch, int row, double weight) {
    int column = group.spokesman(batch, row);
    ViewDescription view = group.view();
    ViewDescription.Column named = view.columns().get(column);
    float actual = batch.view(view.name()).get(row * view.width() + column);
    double below = ensemble.normalShareBelow(view.name(), named.name(), actual);
    double above = 1 - ensemble.normalShareBelow(view.name(), named.name(), Math.nextUp(actual));
    return new FeatureDriver(
        ensemble.description().id(),
        view.name(),
        named.name(),
        named.unit(),
        actual,
        group.typical()[column],
        (float) weight,
        named.meaning(),
        (float) below,
        (float) above);
  }

  /** Counters under {@code explanations.}. */
  public Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("explanations.made", made);
    counters.put("explanations.of_detections", detections);
    counters.put("explanations.faithful", faithful);
    counters.put("explanations.milliseconds", nanos / 1_000_000);
    return counters;
  }
}
