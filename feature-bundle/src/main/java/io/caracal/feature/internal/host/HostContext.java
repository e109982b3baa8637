package io.caracal.feature.internal.host;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.feature.internal.context.Hash;
import io.caracal.feature.internal.context.Outcome;
import io.caracal.feature.internal.view.Row;
import java.nio.FloatBuffer;

/** The memory of the {@code host} view. */
final class HostContext implements ContextView.Context {
  private static final FlowIdentity NOBODY = new FlowIdentity(false, 0, 0, 0, 0, 0, 0, 0, 0, false);

  private final TwoSeconds recent = new TwoSeconds();
  private final Sources sources;
  private final Destinations destinations;
  private final Rhythms rhythms;
  private long source;
  private long destination;
  private long service;

  /**
   * Remembers nothing yet.
   *
   * @param hosts most sources, destinations and rhythms remembered, a power of two
   */
  HostContext(int hosts) {
    sources = new Sources(hosts);
    destinations = new Destinations(hosts);
    rhythms = new Rhythms(hosts);
  }

  /** Writes the columns of a flow that nothing is known of. */
  static void describe(Row row) {
    HostContext nothing = new HostContext(1024);
    nothing.turnTo(NOBODY, 0);
    nothing.destinations.turnTo(0, 0, 0, 0);
    nothing.columns(0, row);
  }

  @Override
  public void onStart(FlowIdentity who, long nanos) {
    turnTo(who, nanos);
    recent.start(destination, service, nanos);
    sources.start(destination, service, nanos);
    destinations.start(source, nanos);
    rhythms.start(nanos);
  }

  @Override
  public void write(FlowSummary flow, FloatBuffer row, int offset) {
    FlowIdentity who = flow.who();
    long now = flow.writtenNanos();
    turnTo(who, now);
    destinations.turnTo(destination, service, source, who.sourcePort());
    if (flow.reason() != EndReason.CHECKPOINT) {
      Outcome outcome = Outcome.of(flow.state());
      recent.end(destination, service, outcome, now);
      sources.end(outcome, flow.forward().ipBytes(), flow.backward().ipBytes());
      destinations.end(outcome);
    }
    Row columns = Row.empty();
    columns(now, columns);
    columns.copyTo(row, offset);
  }

  private void turnTo(FlowIdentity who, long now) {
    source = Hash.source(who);
    destination = Hash.destination(who);
    service = Hash.service(who);
    sources.turnTo(source, now);
    destinations.turnTo(destination, now);
    rhythms.turnTo(source, destination, service);
  }

  private void columns(long now, Row row) {
    recent.columns(destination, service, now, row);
    destinations.columns(now, row);
    sources.columns(now, row);
    rhythms.columns(row);
  }
}
