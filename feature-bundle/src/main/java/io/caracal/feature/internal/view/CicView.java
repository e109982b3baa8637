package io.caracal.feature.internal.view;

import static io.caracal.feature.internal.view.Quantity.PORT;
import static io.caracal.feature.internal.view.Quantity.SMALL_ID;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.Moments;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.nio.FloatBuffer;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * The columns of CICFlowMeter 4 with the corrections of Engelen et al., in the order and spelling
 * of the improved CIC-IDS2017 tables.
 *
 * @see <a href="https://doi.org/10.1109/SPW53761.2021.00009">Engelen, Rimmer, Joosen 2021</a>
 */
@Component(
    service = View.class,
    property = {"name=cic", "version=1.0"})
public final class CicView implements FeatureView {
  static final String CICFLOWMETER = "CICFlowMeter 4";
  static final String CORRECTED = "CICFlowMeter 4, corrected (Engelen 2021)";
  static final List<String> FORWARD = List.of();
  static final List<String> BACKWARD =
      List.of("Fwd", "Bwd", "FWD", "Bwd", "forward", "backward", "Forward", "Backward");

  private static final ViewDescription DESCRIPTION =
      Row.describe("cic", "1.0", List.of(78), row -> columns(NoFlow.RECORD, row));

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    Row columns = Row.empty();
    columns(flow, columns);
    columns.copyTo(row, offset);
  }

  private static void columns(FlowRecord flow, Row row) {
    DirectionRecord forward = flow.forward();
    DirectionRecord backward = flow.backward();
    Moments lengths = flow.payloadLength();
    long nanos = flow.lastNanos() - flow.startNanos();

    row.source(CICFLOWMETER);
    endpoint(flow, row);
    CicVolume.totals(nanos, forward, backward, row);
    row.reading(FORWARD);
    CicVolume.lengths(forward.payloadLength(), row);
    row.reading(BACKWARD);
    CicVolume.lengths(backward.payloadLength(), row);
    row.reading(FORWARD);
    CicTimes.rates(nanos, forward, backward, row);
    CicTimes.interArrival(flow.interArrival(), row);
    CicTimes.interArrivalOfDirection(forward.interArrival(), row);
    row.reading(BACKWARD);
    CicTimes.interArrivalOfDirection(backward.interArrival(), row);
    row.reading(FORWARD);
    CicFlags.ofDirections(forward, backward, row);
    CicVolume.headers(forward, backward, row);
    CicTimes.packetRates(nanos, forward, backward, row);
    CicVolume.allLengths(lengths, row);
    CicFlags.counts(forward, backward, row);
    CicVolume.averages(lengths, forward, backward, row);
    CicBulks.of(forward, row);
    row.reading(BACKWARD);
    CicBulks.of(backward, row);
    row.reading(FORWARD);
    CicBulks.subflows(flow.subflows(), forward, backward, row);
    CicVolume.windows(forward, backward, row);
    row.source(CORRECTED);
    CicTimes.active(flow.active(), row);
    CicTimes.idle(flow.idle(), row);
  }

  private static void endpoint(FlowRecord flow, Row row) {
    row.put(
        "Dst Port",
        PORT,
        "The responder's port; for ICMP the type of the reply, or the code where there is none.",
        flow.destinationPort());
    row.put("Protocol", SMALL_ID, "IP protocol number.", flow.protocol());
  }

  static double perSecond(long amount, long nanos) {
    return nanos > 0 ? amount * 1e9 / nanos : 0;
  }

  static double ratio(long amount, long of) {
    return of > 0 ? (double) amount / of : 0;
  }
}
