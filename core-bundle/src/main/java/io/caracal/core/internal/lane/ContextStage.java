package io.caracal.core.internal.lane;

import io.caracal.core.internal.lane.ViewPlan.Around;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Feeds the views that look around: shows them every start and every record of all lanes in the
 * order of time and lets them write their columns into the batches, which wait for that.
 */
final class ContextStage {
  private final ViewPlans plans;
  private final TimeOrder order;

  /** For so many lanes, see {@link TimeOrder}. */
  ContextStage(ViewPlans plans, int lanes, long patienceNanos) {
    this.plans = plans;
    this.order = new TimeOrder(lanes, patienceNanos, this::show, now -> {});
  }

  /** The order in which the steps are shown. */
  TimeOrder order() {
    return order;
  }

  /** No row will be added to a batch. */
  void close(Rows rows) {
    synchronized (order) {
      rows.close();
    }
  }

  private void show(Step step) {
    ViewPlan plan = plans.current();
    Rows rows = step.rows();
    if (rows == null) {
      for (Around around : plan.contexts()) {
        around.memory().onStart(step.who(), step.flowNanos());
      }
      return;
    }
    for (Around around : plan.contexts()) {
      write(around, rows, step.row());
    }
    for (Around around : rows.plan().contexts()) {
      if (!plan.contexts().contains(around)) {
        write(around, rows, step.row());
      }
    }
    rows.rowCompleted();
  }

  private void write(Around around, Rows rows, int row) {
    boolean carried = rows.plan().views().contains(around.view());
    int width = around.view().description().width();
    String name = around.view().description().name();
    FloatBuffer columns = carried ? rows.batch().view(name) : around.scratch();
    int offset = carried ? row * width : 0;
    around.memory().write(rows.batch().flow(row), columns, offset);
  }

  /** Counters under {@code context.}. */
  Map<String, Long> counters() {
    synchronized (order) {
      Map<String, Long> counters = new LinkedHashMap<>();
      counters.put("context.out_of_order", order.outOfOrder());
      plans.counters().forEach((name, count) -> counters.put("context." + name, count));
      return counters;
    }
  }
}
