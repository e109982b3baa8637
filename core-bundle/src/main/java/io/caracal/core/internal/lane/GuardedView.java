package io.caracal.core.internal.lane;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.core.internal.guard.ViewGuard;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Views whose failures stay their own: a row that one fails to write is missing. */
final class GuardedView {
  private GuardedView() {}

  /** A view that does not throw. */
  static View of(View view, ViewGuard guard) {
    return view instanceof ContextView context
        ? new Around(context, guard)
        : new Alone((FeatureView) view, guard);
  }

  private static final class Alone implements FeatureView {
    private final FeatureView view;
    private final ViewDescription description;
    private final ViewGuard guard;

    Alone(FeatureView view, ViewGuard guard) {
      this.view = view;
      this.description = view.description();
      this.guard = guard;
    }

    @Override
    public ViewDescription description() {
      return description;
    }

    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      try {
        view.write(flow, row, offset);
        guard.wrote(row, offset);
      } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
        guard.failed(failure, row, offset);
      }
    }
  }

  private static final class Around implements ContextView {
    private final ContextView view;
    private final ViewDescription description;
    private final ViewGuard guard;

    Around(ContextView view, ViewGuard guard) {
      this.view = view;
      this.description = view.description();
      this.guard = guard;
    }

    @Override
    public ViewDescription description() {
      return description;
    }

    @Override
    public Context open() {
      return new Memory(view::open, guard);
    }
  }

  /** Opened when it is first needed; one that cannot be opened fails at everything. */
  private static final class Memory implements ContextView.Context {
    private final Supplier<ContextView.Context> opening;
    private final ViewGuard guard;
    private volatile ContextView.@Nullable Context opened;

    Memory(Supplier<ContextView.Context> opening, ViewGuard guard) {
      this.opening = opening;
      this.guard = guard;
    }

    private ContextView.Context memory() {
      ContextView.Context known = opened;
      if (known == null) {
        known = opening.get();
        opened = known;
      }
      return known;
    }

    @Override
    public void onStart(FlowIdentity who, long nanos) {
      try {
        memory().onStart(who, nanos);
      } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
        guard.failed(failure);
      }
    }

    @Override
    public void write(FlowSummary flow, FloatBuffer row, int offset) {
      try {
        memory().write(flow, row, offset);
        guard.wrote(row, offset);
      } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
        guard.failed(failure, row, offset);
      }
    }

    @Override
    public Map<String, Long> counters() {
      try {
        ContextView.Context known = opened;
        return known == null ? Map.of() : known.counters();
      } catch (Throwable failure) { // a plugin may throw anything; the stats go on
        guard.failed(failure);
        return Map.of();
      }
    }
  }
}
