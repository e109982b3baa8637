package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every feature view must keep. Extend it and say which view, and for which flows. */
public abstract class FeatureViewContract {
  private static final int MARGIN = 5;
  private static final int LANES = 3;

  /** The view to test. */
  protected abstract FeatureView view() throws Exception;

  /** Flows to compute it for: at least one, best the odd ones (one packet, no time, no answer). */
  protected abstract List<FlowRecord> flows() throws Exception;

  @Test
  protected void columnsAreNamedOnceAndDocumented() throws Exception {
    ViewContract.columnsAreNamedOnceAndDocumented(view());
  }

  @Test
  protected void everyColumnIsWrittenAndFinite() throws Exception {
    assertThat(flows()).isNotEmpty();
    int width = view().description().width();
    for (FlowRecord flow : flows()) {
      FloatBuffer row = written(flow, Float.NaN);
      for (int column = 0; column < width; column++) {
        assertThat(row.get(MARGIN + column))
            .as("column %s", view().description().columnNames().get(column))
            .isFinite();
      }
    }
  }

  @Test
  protected void nothingOutsideTheRowIsTouched() throws Exception {
    int width = view().description().width();
    for (FlowRecord flow : flows()) {
      FloatBuffer row = written(flow, Float.NaN);
      for (int i = 0; i < MARGIN; i++) {
        assertThat(row.get(i)).isNaN();
        assertThat(row.get(MARGIN + width + i)).isNaN();
      }
      assertThat(row.position()).isZero();
      assertThat(row.limit()).isEqualTo(row.capacity());
    }
  }

  @Test
  protected void whatStoodThereBeforeDoesNotMatter() throws Exception {
    int width = view().description().width();
    for (FlowRecord flow : flows()) {
      FloatBuffer first = written(flow, Float.NaN);
      FloatBuffer second = written(flow, 12_345);
      assertThat(second.slice(MARGIN, width)).isEqualTo(first.slice(MARGIN, width));
    }
  }

  @Test
  protected void lanesMayWriteAtTheSameTime() throws Exception {
    FeatureView view = view();
    int width = view.description().width();
    List<FlowRecord> flows = flows();
    List<FloatBuffer> expected = new ArrayList<>();
    for (FlowRecord flow : flows) {
      expected.add(written(view, flow, 0).slice(MARGIN, width));
    }
    List<Future<List<FloatBuffer>>> results = new ArrayList<>();
    try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      Callable<List<FloatBuffer>> lane =
          () -> flows.stream().map(flow -> written(view, flow, 0).slice(MARGIN, width)).toList();
      for (int i = 0; i < LANES * LANES; i++) {
        results.add(lanes.submit(lane));
      }
    }
    for (Future<List<FloatBuffer>> result : results) {
      assertThat(result.get()).isEqualTo(expected);
    }
  }

  @Test
  protected void nothingGrows() throws Exception {
    FeatureView view = view();
    FlowRecord flow = flows().getFirst();
    FloatBuffer row = written(view, flow, 0);
    Growth.assertNone(
        () -> {
          view.write(flow, row, MARGIN);
          return row;
        });
  }

  private FloatBuffer written(FlowRecord flow, float before) throws Exception {
    return written(view(), flow, before);
  }

  private static FloatBuffer written(FeatureView view, FlowRecord flow, float before) {
    int floats = view.description().width() + 2 * MARGIN;
    FloatBuffer row =
        ByteBuffer.allocateDirect(floats * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < floats; i++) {
      row.put(i, before);
    }
    view.write(flow, row, MARGIN);
    return row;
  }
}
