package io.caracal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import io.caracal.feature.internal.view.CicView;
import io.caracal.feature.internal.view.PacketsView;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts frames into flows and keeps the books: every packet must end in exactly one record or be
 * counted as not sampled.
 */
final class FlowLedger {
  /** So tight that every reason to end a flow occurs. */
  private static final FlowSettings TIGHT =
      new FlowSettings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          List.of(2, 5),
          Duration.ofSeconds(5),
          8);

  private static final List<FeatureView> VIEWS = List.of(new CicView(), new PacketsView());

  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final PacketHeaders headers = new PacketHeaders();
  private final FlowTable table = new BoundedFlowTables().create(TIGHT, this::onFlow);
  private final Set<Long> ended = new HashSet<>();
  private long accepted;
  private long acceptedBytes;
  private long recorded;
  private long recordedBytes;
  private long records;

  /** Decodes a frame and counts it. */
  void onFrame(Frame frame) {
    DecodeResult result = decoder.decode(frame, headers);
    Headers.check(result, headers);
    if (result == DecodeResult.OK) {
      accepted++;
      acceptedBytes += headers.ipLength;
      table.accept(headers, frame.capturedLength < frame.wireLength);
    }
  }

  private void onFlow(FlowRecord flow) {
    records++;
    assertThat(flow.lastNanos()).isGreaterThanOrEqualTo(flow.startNanos());
    VIEWS.forEach(view -> assertFinite(view, flow));
    if (flow.reason() != EndReason.CHECKPOINT) {
      assertThat(ended.add(flow.flowId())).as("flow %d ends once", flow.flowId()).isTrue();
      recorded += flow.forward().packets() + flow.backward().packets();
      recordedBytes += flow.forward().ipBytes() + flow.backward().ipBytes();
    }
  }

  private static void assertFinite(FeatureView view, FlowRecord flow) {
    FloatBuffer row = FloatBuffer.allocate(view.description().width());
    view.write(flow, row, 0);
    for (int column = 0; column < row.capacity(); column++) {
      if (!Float.isFinite(row.get(column))) {
        throw new AssertionError(
            view.description().columns().get(column) + " is " + row.get(column));
      }
    }
  }

  /** Ends all flows and compares the books. */
  void close() {
    table.flush();
    FlowCounters counters = table.counters();
    assertThat(recorded + counters.unsampledPackets()).isEqualTo(accepted);
    assertThat(recordedBytes + counters.unsampledBytes()).isEqualTo(acceptedBytes);
    assertThat(counters.active()).isZero();
    assertThat(counters.ended().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(records);
  }
}
