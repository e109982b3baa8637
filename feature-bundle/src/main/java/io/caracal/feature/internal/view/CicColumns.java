package io.caracal.feature.internal.view;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.CWR;
import static io.caracal.api.packet.PacketHeaders.ECE;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static io.caracal.api.packet.PacketHeaders.URG;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The 78 columns of the {@code cic} view, in the order and spelling of the corrected CICFlowMeter
 * (the improved CIC-IDS2017 tables), without the columns that CICFlowMeter 4 does not have.
 */
final class CicColumns {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String COUNT = "count", BYTES = "B", MICROS = "µs";

  private final List<CicColumn> columns = new ArrayList<>();

  private CicColumns() {}

  static List<CicColumn> all() {
    CicColumns view = new CicColumns();
    view.endpoint();
    view.volume();
    view.lengthsOfDirection("Fwd", "forward", FlowRecord::forward);
    view.lengthsOfDirection("Bwd", "backward", FlowRecord::backward);
    view.rates();
    view.interArrival();
    view.directionFlags();
    view.headers();
    view.lengths();
    view.flags();
    view.sizes();
    view.bulks("Fwd", "forward", FlowRecord::forward);
    view.bulks("Bwd", "backward", FlowRecord::backward);
    view.subflows();
    view.windows();
    view.periods("Active", "active periods that a pause ended", FlowRecord::active);
    view.periods("Idle", "pauses longer than the activity timeout", FlowRecord::idle);
    return List.copyOf(view.columns);
  }

  private void endpoint() {
    add(
        "Dst Port",
        "id",
        "The responder's port; for ICMP the type of the reply, or the code where there is none.",
        FlowRecord::destinationPort);
    add("Protocol", "id", "IP protocol number.", FlowRecord::protocol);
  }

  private void volume() {
    add(
        "Flow Duration",
        MICROS,
        "Time of the last packet minus time of the first.",
        flow -> nanos(flow) / NANOS_PER_MICRO);
    add("Total Fwd Packet", COUNT, "Forward packets.", flow -> flow.forward().packets());
    add("Total Bwd packets", COUNT, "Backward packets.", flow -> flow.backward().packets());
    add(
        "Total Length of Fwd Packet",
        BYTES,
        "Sum of forward payload lengths.",
        flow -> flow.forward().payloadBytes());
    add(
        "Total Length of Bwd Packet",
        BYTES,
        "Sum of backward payload lengths.",
        flow -> flow.backward().payloadBytes());
  }

  private void lengthsOfDirection(
      String prefix, String direction, Function<FlowRecord, DirectionRecord> side) {
    Function<FlowRecord, Moments> lengths = flow -> side.apply(flow).payloadLength();
    String what = " payload length of " + direction + " packets, empty ones included.";
    add(prefix + " Packet Length Max", BYTES, "Largest" + what, of(lengths, Moments::max));
    add(prefix + " Packet Length Min", BYTES, "Smallest" + what, of(lengths, Moments::min));
    add(prefix + " Packet Length Mean", BYTES, "Mean" + what, of(lengths, Moments::mean));
    add(
        prefix + " Packet Length Std",
        BYTES,
        "Sample standard deviation (n - 1) of the" + what,
        of(lengths, Moments::deviation));
  }

  private void rates() {
    add(
        "Flow Bytes/s",
        "B/s",
        "Payload bytes of both directions / duration; 0 if the duration is 0.",
        flow ->
            perSecond(flow.forward().payloadBytes() + flow.backward().payloadBytes(), nanos(flow)));
    add(
        "Flow Packets/s",
        "1/s",
        "Packets of both directions / duration; 0 if the duration is 0.",
        flow -> perSecond(packets(flow), nanos(flow)));
  }

  private void interArrival() {
    Function<FlowRecord, Moments> all = FlowRecord::interArrival;
    String what = " time between packets of either direction.";
    add("Flow IAT Mean", MICROS, "Mean" + what, micros(all, Moments::mean));
    add(
        "Flow IAT Std",
        MICROS,
        "Sample standard deviation of the" + what,
        micros(all, Moments::deviation));
    add("Flow IAT Max", MICROS, "Largest" + what, micros(all, Moments::max));
    add("Flow IAT Min", MICROS, "Smallest" + what, micros(all, Moments::min));
    interArrivalOfDirection("Fwd", "forward", flow -> flow.forward().interArrival());
    interArrivalOfDirection("Bwd", "backward", flow -> flow.backward().interArrival());
  }

  private void interArrivalOfDirection(
      String prefix, String direction, Function<FlowRecord, Moments> times) {
    String what = " time between " + direction + " packets; 0 below two.";
    add(prefix + " IAT Total", MICROS, "Sum of the" + what, micros(times, Moments::sum));
    add(prefix + " IAT Mean", MICROS, "Mean" + what, micros(times, Moments::mean));
    add(
        prefix + " IAT Std",
        MICROS,
        "Sample standard deviation of the" + what,
        micros(times, Moments::deviation));
    add(prefix + " IAT Max", MICROS, "Largest" + what, micros(times, Moments::max));
    add(prefix + " IAT Min", MICROS, "Smallest" + what, micros(times, Moments::min));
  }

  private void directionFlags() {
    add("Fwd PSH Flags", COUNT, "Forward packets with PSH.", flow -> flow.forward().flagCount(PSH));
    add(
        "Bwd PSH Flags",
        COUNT,
        "Backward packets with PSH.",
        flow -> flow.backward().flagCount(PSH));
    add("Fwd URG Flags", COUNT, "Forward packets with URG.", flow -> flow.forward().flagCount(URG));
    add(
        "Bwd URG Flags",
        COUNT,
        "Backward packets with URG.",
        flow -> flow.backward().flagCount(URG));
  }

  private void headers() {
    add(
        "Fwd Header Length",
        BYTES,
        "Sum of forward transport header lengths, options included.",
        flow -> flow.forward().transportHeaderBytes());
    add(
        "Bwd Header Length",
        BYTES,
        "Sum of backward transport header lengths, options included.",
        flow -> flow.backward().transportHeaderBytes());
    add(
        "Fwd Packets/s",
        "1/s",
        "Forward packets / duration; 0 if the duration is 0.",
        flow -> perSecond(flow.forward().packets(), nanos(flow)));
    add(
        "Bwd Packets/s",
        "1/s",
        "Backward packets / duration; 0 if the duration is 0.",
        flow -> perSecond(flow.backward().packets(), nanos(flow)));
  }

  private void lengths() {
    Function<FlowRecord, Moments> lengths = FlowRecord::payloadLength;
    String what = " payload length of all packets.";
    add("Packet Length Min", BYTES, "Smallest" + what, of(lengths, Moments::min));
    add("Packet Length Max", BYTES, "Largest" + what, of(lengths, Moments::max));
    add("Packet Length Mean", BYTES, "Mean" + what, of(lengths, Moments::mean));
    add(
        "Packet Length Std",
        BYTES,
        "Sample standard deviation of the" + what,
        of(lengths, Moments::deviation));
    add(
        "Packet Length Variance",
        "B²",
        "Sample variance (n - 1) of the" + what,
        of(lengths, Moments::variance));
  }

  private void flags() {
    flag("FIN", FIN);
    flag("SYN", SYN);
    flag("RST", RST);
    flag("PSH", PSH);
    flag("ACK", ACK);
    flag("URG", URG);
    flag("CWR", CWR);
    flag("ECE", ECE);
  }

  private void flag(String name, int bit) {
    add(
        name + " Flag Count",
        COUNT,
        "Packets of both directions with " + name + ".",
        flow -> flow.forward().flagCount(bit) + flow.backward().flagCount(bit));
  }

  private void sizes() {
    add(
        "Down/Up Ratio",
        "ratio",
        "Backward packets / forward packets; 0 if no packet went forward.",
        flow -> ratio(flow.backward().packets(), flow.forward().packets()));
    add(
        "Average Packet Size",
        BYTES,
        "Payload bytes / packets, both directions.",
        of(FlowRecord::payloadLength, Moments::mean));
    add(
        "Fwd Segment Size Avg",
        BYTES,
        "Forward payload bytes / forward packets.",
        flow -> ratio(flow.forward().payloadBytes(), flow.forward().packets()));
    add(
        "Bwd Segment Size Avg",
        BYTES,
        "Backward payload bytes / backward packets.",
        flow -> ratio(flow.backward().payloadBytes(), flow.backward().packets()));
  }

  private void bulks(String prefix, String direction, Function<FlowRecord, DirectionRecord> side) {
    String bulk = direction + " bulk";
    add(
        prefix + " Bytes/Bulk Avg",
        BYTES,
        "Payload bytes in " + bulk + "s / number of " + bulk + "s; 0 without one.",
        flow -> ratio(side.apply(flow).bulkBytes(), side.apply(flow).bulks()));
    add(
        prefix + " Packet/Bulk Avg",
        COUNT,
        "Packets in " + bulk + "s / number of " + bulk + "s; 0 without one.",
        flow -> ratio(side.apply(flow).bulkPackets(), side.apply(flow).bulks()));
    add(
        prefix + " Bulk Rate Avg",
        "B/s",
        "Payload bytes in " + bulk + "s / time spent in them; 0 if that is 0.",
        flow -> perSecond(side.apply(flow).bulkBytes(), side.apply(flow).bulkNanos()));
  }

  private void subflows() {
    add(
        "Subflow Fwd Packets",
        COUNT,
        "Forward packets / sub-flows.",
        flow -> ratio(flow.forward().packets(), flow.subflows()));
    add(
        "Subflow Fwd Bytes",
        BYTES,
        "Forward payload bytes / sub-flows.",
        flow -> ratio(flow.forward().payloadBytes(), flow.subflows()));
    add(
        "Subflow Bwd Packets",
        COUNT,
        "Backward packets / sub-flows.",
        flow -> ratio(flow.backward().packets(), flow.subflows()));
    add(
        "Subflow Bwd Bytes",
        BYTES,
        "Backward payload bytes / sub-flows.",
        flow -> ratio(flow.backward().payloadBytes(), flow.subflows()));
  }

  private void windows() {
    add(
        "FWD Init Win Bytes",
        BYTES,
        "TCP window, unscaled, of the first forward packet; 0 if there is none or it is not TCP.",
        flow -> Math.max(0, flow.forward().initialWindow()));
    add(
        "Bwd Init Win Bytes",
        BYTES,
        "TCP window, unscaled, of the first backward packet; 0 if there is none or it is not TCP.",
        flow -> Math.max(0, flow.backward().initialWindow()));
    add(
        "Fwd Act Data Pkts",
        COUNT,
        "Forward packets with at least one byte of payload.",
        flow -> flow.forward().payloadPackets());
    add(
        "Fwd Seg Size Min",
        BYTES,
        "Smallest forward transport header.",
        flow -> flow.forward().minTransportHeader());
  }

  private void periods(String prefix, String what, Function<FlowRecord, Moments> lengths) {
    String of = " length of " + what + "; 0 if there is none.";
    add(prefix + " Mean", MICROS, "Mean" + of, micros(lengths, Moments::mean));
    add(
        prefix + " Std",
        MICROS,
        "Sample standard deviation of the" + of,
        micros(lengths, Moments::deviation));
    add(prefix + " Max", MICROS, "Largest" + of, micros(lengths, Moments::max));
    add(prefix + " Min", MICROS, "Smallest" + of, micros(lengths, Moments::min));
  }

  private void add(String name, String unit, String meaning, ToDoubleFunction<FlowRecord> value) {
    columns.add(CicColumn.of(name, unit, meaning, value));
  }

  private static ToDoubleFunction<FlowRecord> of(
      Function<FlowRecord, Moments> moments, ToDoubleFunction<Moments> figure) {
    return flow -> figure.applyAsDouble(moments.apply(flow));
  }

  private static ToDoubleFunction<FlowRecord> micros(
      Function<FlowRecord, Moments> nanos, ToDoubleFunction<Moments> figure) {
    return flow -> figure.applyAsDouble(nanos.apply(flow)) / NANOS_PER_MICRO;
  }

  private static long nanos(FlowRecord flow) {
    return flow.lastNanos() - flow.startNanos();
  }

  private static long packets(FlowRecord flow) {
    return flow.forward().packets() + flow.backward().packets();
  }

  private static double perSecond(long amount, long nanos) {
    return nanos > 0 ? amount * NANOS_PER_SECOND / nanos : 0;
  }

  private static double ratio(long amount, long of) {
    return of > 0 ? (double) amount / of : 0;
  }
}
