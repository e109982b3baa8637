package io.caracal.core.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.plugin.Offers;
import io.caracal.testkit.RowView;
import io.caracal.testkit.SampleFlows;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Rows that a view fails to write are missing, and it is left out if that happens often. */
class ViewPoolTest {
  private final List<String> held = new ArrayList<>();
  private final PluginRoles roles =
      new PluginRoles() {
        @Override
        public boolean inUse(long bundle) {
          return true;
        }

        @Override
        public Watch watch(Runnable changed) {
          return () -> {};
        }

        @Override
        public void quarantine(long bundle, String reason) {
          held.add(bundle + ": " + reason);
        }
      };

  /** Versions are the numbers of the bundles. */
  private final ViewPool pool =
      new ViewPool(
          Limits.DEFAULT,
          changed ->
              new Offers<>(
                  roles,
                  view -> view.description().name(),
                  bundle -> new Version((int) bundle, 0, 0),
                  changed));

  private static ViewDescription view(String name) {
    return RowView.of(name, 2).description();
  }

  /** Writes twice its value, and throws at the second of every {@code failing} rows. */
  private static final class Flaky implements FeatureView {
    private final ViewDescription description;
    private final float value;
    private final int failing;
    private int rows;

    Flaky(String name, float value, int failing) {
      this.description = view(name);
      this.value = value;
      this.failing = failing;
    }

    @Override
    public ViewDescription description() {
      return description;
    }

    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      row.put(offset, value);
      if (rows++ % failing == 1 % failing) {
        throw new LinkageError("thrown on purpose");
      }
      row.put(offset + 1, value);
    }
  }

  private void bind(View view, long bundle) {
    pool.bindView(view, Map.of(Constants.SERVICE_BUNDLEID, bundle, Constants.SERVICE_ID, bundle));
  }

  private FlowBatch batch(int rows) {
    FlowBatch batch = new FlowBatch(rows, pool.current());
    for (int row = 0; row < rows; row++) {
      batch.add(SampleFlows.web());
    }
    return batch;
  }

  /** Scores a row with its second column. */
  private static final class Second implements Detector {
    @Override
    public DetectorDescription description() {
      return new DetectorDescription(
          "second",
          "1.0.0",
          "",
          DetectorKind.UNSUPERVISED,
          List.of("v"),
          List.of(),
          "",
          "",
          0,
          1,
          Map.of());
    }

    @Override
    public void score(FlowBatch batch, Scores scores) {
      for (int row = 0; row < batch.size(); row++) {
        scores.set(row, batch.view("v").get(2 * row + 1), Scores.NO_CLASS);
      }
    }
  }

  @Test
  void detectorsAbstainFromRowsThatAreMissing() {
    bind(new Flaky("v", 3, 20), 1);
    DetectorPool detectors = new DetectorPool(Limits.DEFAULT, () -> false, roles);
    detectors.bindDetector(
        new Second(),
        Map.of(Detector.ID, "second", Detector.VERSION, "1.0.0", Detector.MODEL, true));
    Settings settings = new Settings(key -> null);
    Panels panels = new Panels(settings, detectors, new EnsemblePool(Limits.DEFAULT, roles));
    Scores scores =
        new Cascade(detectors, settings, true)
            .score(
                batch(4), panels.current(), 0.5, i -> new Scores(4), new Judgements(4), votes -> {})
            .getFirst()
            .scores();
    assertThat(scores.score(0)).isEqualTo(3);
    assertThat(scores.abstained(1)).isTrue();
    assertThat(scores.withheld(1)).isFalse();
    assertThat(scores.score(2)).isEqualTo(3);
    assertThat(detectors.counters())
        .containsEntry("detectors.second.scored", 3L)
        .containsEntry("detectors.second.abstained", 1L)
        .containsEntry("detectors.second.failures", 0L);
    assertThat(pool.counters())
        .containsEntry("views.v.failures", 1L)
        .containsEntry("views.v.quarantined", 0);
  }

  @Test
  void theVersionBelowTakesOverFromOneThatKeepsFailing() {
    bind(new Flaky("v", 1, 1000), 1);
    bind(new Flaky("v", 2, 1), 2);
    int before = pool.changes();
    assertThat(batch(5).view("v").get(0)).isNaN();
    assertThat(pool.changes()).isGreaterThan(before);
    assertThat(batch(1).view("v").get(1)).isEqualTo(1);
    String reason = "view v 1.0 failed 5 times in a row: java.lang.LinkageError: thrown on purpose";
    assertThat(held).containsExactly("2: " + reason);
    assertThat(pool.counters())
        .containsEntry("views.v.failures", 5L)
        .containsEntry("views.v.quarantined", 1)
        .containsEntry("views.v.quarantine_reasons", List.of("2.0.0: " + reason));
  }

  @Test
  void whatFailsNowAndThenIsLeftOutAsWell() {
    bind(new Flaky("v", 1, 8), 1);
    batch(400);
    assertThat(pool.current()).isEmpty();
    assertThat(held).singleElement().asString().contains("1: view v 1.0 failed on 21 of ");
  }

  @Test
  void oneOfSeveralViewsOfABundleGoesAlone() {
    bind(new Flaky("v", 2, 1), 1);
    bind(new Flaky("w", 2, 1000), 1);
    batch(5);
    assertThat(pool.current()).hasSize(1);
    assertThat(held).isEmpty();
  }

  @Test
  void viewsThatLookAroundAreGuardedAsWell() {
    ContextView failing =
        new ContextView() {
          @Override
          public ViewDescription description() {
            return view("v");
          }

          @Override
          public Context open() {
            throw new IllegalStateException("no room");
          }
        };
    bind(failing, 1);
    ContextView guarded = (ContextView) pool.current().getFirst();
    ContextView.Context memory = guarded.open();
    FlowBatch batch = batch(1);
    memory.onStart(new FlowIdentity(false, 0, 1, 1, 0, 2, 2, 6, 0, false), 0);
    FlowSummary flow = batch.flow(0);
    memory.write(flow, batch.view("v"), 0);
    assertThat(batch.view("v").get(0)).isNaN();
    assertThat(memory.counters()).isEmpty();
    for (int i = 0; i < 3; i++) {
      memory.write(flow, batch.view("v"), 0);
    }
    assertThat(pool.current()).isEmpty();
    assertThat(held).singleElement().asString().contains("no room");
  }
}
