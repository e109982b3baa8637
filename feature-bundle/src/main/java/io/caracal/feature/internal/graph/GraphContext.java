package io.caracal.feature.internal.graph;

import static io.caracal.feature.internal.graph.Nodes.*;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.feature.internal.context.FadingClock;
import io.caracal.feature.internal.context.FadingSums;
import io.caracal.feature.internal.context.Hash;
import io.caracal.feature.internal.context.Outcome;
import io.caracal.feature.internal.view.Row;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** The memory of the {@code graph} view. */
final class GraphContext implements ContextView.Context {
  private static final FlowIdentity NOBODY = new FlowIdentity(false, 0, 0, 0, 0, 0, 0, 0, 0, false);
  private static final float KIBI = 1 / 1024f;

  private final FadingClock clock = new FadingClock(60, 600);
  private final Nodes nodes;
  private final Columns columns;

  /**
   * Remembers nothing yet.
   *
   * @param most hosts, a power of two
   */
  GraphContext(int most) {
    nodes = new Nodes(most, clock);
    columns = new Columns(nodes);
  }

  /** Writes the columns of a flow that nothing is known of. */
  static void describe(Row row) {
    GraphContext nothing = new GraphContext(1024);
    nothing.clock.advance(0);
    nothing.columns(nothing.nodes.of(Hash.source(NOBODY)), nothing.nodes.of(1), row);
  }

  @Override
  public void onStart(FlowIdentity who, long nanos) {
    clock.advance(nanos);
    int source = nodes.of(Hash.source(who));
    int destination = nodes.of(Hash.responder(who));
    FadingSums sums = nodes.sums();
    int there = nodes.meet(source, destination);
    int back = nodes.meet(destination, source);
    sums.add(source, STARTED, 1);
    sums.add(destination, ASKED, 1);
    if (nodes.edges().sum(there, TO, TEN_MINUTES) == 0) {
      sums.add(source, SERVERS, 1);
      sums.add(destination, CLIENTS, 1);
    }
    nodes.edges().add(there, TO, 1);
    nodes.edges().add(back, FROM, 1);
  }

  @Override
  public void write(FlowSummary flow, FloatBuffer row, int offset) {
    clock.advance(flow.writtenNanos());
    int source = nodes.of(Hash.source(flow.who()));
    int destination = nodes.of(Hash.responder(flow.who()));
    if (flow.reason() != EndReason.CHECKPOINT) {
      end(flow, source, destination);
    }
    Row written = Row.empty();
    columns(source, destination, written);
    written.copyTo(row, offset);
  }

  private void end(FlowSummary flow, int source, int destination) {
    FadingSums sums = nodes.sums();
    FadingSums edges = nodes.edges();
    int there = nodes.meet(source, destination);
    int back = nodes.meet(destination, source);
    float out = flow.forward().ipBytes() * KIBI;
    float in = flow.backward().ipBytes() * KIBI;
    sums.add(source, SENT, out);
    sums.add(source, RECEIVED, in);
    sums.add(destination, SENT, in);
    sums.add(destination, RECEIVED, out);
    edges.add(there, BYTES, out + in);
    edges.add(back, BYTES, out + in);
    if (Outcome.of(flow.state()) != Outcome.ANSWERED) {
      sums.add(source, FAILED, 1);
      sums.add(destination, REFUSED, 1);
      edges.add(there, IN_VAIN, 1);
      edges.add(back, IN_VAIN, 1);
    }
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of("graph.forgotten", nodes.evicted());
  }

  private void columns(int source, int destination, Row row) {
    columns.write(source, row);
    row.reading(List.of("src.", "dst.", "source", "destination"));
    columns.write(destination, row);
    row.reading(List.of());
  }
}
