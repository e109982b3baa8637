package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.ViewDescription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every context view must keep. Extend it and say which view, and for which flows. */
public abstract class ContextViewContract {
  private static final int MARGIN = 5;

  /** The view to test. */
  protected abstract ContextView view() throws Exception;

  /** Records in the order of {@link FlowSummary#writtenNanos}; each flow starts just before. */
  protected abstract List<FlowSummary> flows() throws Exception;

  @Test
  protected void columnsAreNamedOnceAndDocumented() throws Exception {
    ViewContract.columnsAreNamedOnceAndDocumented(view());
  }

  @Test
  protected void everyColumnIsWrittenFiniteAndInItsRange() throws Exception {
    assertThat(flows()).isNotEmpty();
    List<ViewDescription.Column> columns = view().description().columns();
    for (FloatBuffer row : rows(view().open(), Float.NaN)) {
      for (int i = 0; i < columns.size(); i++) {
        ViewDescription.Column column = columns.get(i);
        assertThat(row.get(MARGIN + i)).as("column %s", column.name()).isFinite();
        assertThat((double) row.get(MARGIN + i))
            .as("column %s", column.name())
            .isBetween(column.min(), Math.nextUp((float) column.max()) * 1.0);
      }
    }
  }

  @Test
  protected void nothingOutsideTheRowIsTouched() throws Exception {
    int width = view().description().width();
    for (FloatBuffer row : rows(view().open(), Float.NaN)) {
      for (int i = 0; i < MARGIN; i++) {
        assertThat(row.get(i)).isNaN();
        assertThat(row.get(MARGIN + width + i)).isNaN();
      }
      assertThat(row.position()).isZero();
    }
  }

  @Test
  protected void memoriesAreSeparateAndTheSameTwice() throws Exception {
    ContextView view = view();
    int width = view.description().width();
    List<FloatBuffer> first = rows(view.open(), 0);
    List<FloatBuffer> second = rows(view.open(), 12_345);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).slice(MARGIN, width)).isEqualTo(first.get(i).slice(MARGIN, width));
    }
  }

  /** What the same hosts do again is remembered in the place that they have. */
  @Test
  protected void theSameFlowsAgainTakeNoMoreMemory() throws Exception {
    ContextView.Context context = view().open();
    List<FlowSummary> flows = flows();
    FloatBuffer row =
        ByteBuffer.allocateDirect(view().description().width() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    Growth.assertNone(
        () -> {
          for (FlowSummary flow : flows) {
            context.onStart(flow.who(), flow.writtenNanos());
            context.write(flow, row, 0);
          }
          return row;
        });
  }

  private List<FloatBuffer> rows(ContextView.Context context, float before) throws Exception {
    int floats = view().description().width() + 2 * MARGIN;
    List<FloatBuffer> rows = new ArrayList<>();
    for (FlowSummary flow : flows()) {
      FloatBuffer row =
          ByteBuffer.allocateDirect(floats * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      for (int i = 0; i < floats; i++) {
        row.put(i, before);
      }
      context.onStart(flow.who(), flow.writtenNanos());
      context.write(flow, row, MARGIN);
      rows.add(row);
    }
    return rows;
  }
}
