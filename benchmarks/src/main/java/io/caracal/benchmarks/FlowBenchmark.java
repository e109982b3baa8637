package io.caracal.benchmarks;

import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import io.caracal.feature.internal.view.CicView;
import io.caracal.feature.internal.view.PacketsView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Packets per second and core that the flow table takes, decoding excluded. {@code -Dcapture=FILE}
 * feeds it a capture, otherwise it is {@link SyntheticTraffic}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlowBenchmark {
  private static final int PACKETS_PER_CALL = 65_536;
  private static final int PACKETS = 1 << 20;
  private static final long SEED = 2;

  /** Whether every record and checkpoint is also turned into rows of both views. */
  @Param({"false", "true"})
  boolean views;

  private final CicView cic = new CicView();
  private final PacketsView packets = new PacketsView();
  private final int cicWidth = cic.description().width();
  private final FloatBuffer row =
      ByteBuffer.allocateDirect((cicWidth + packets.description().width()) * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
  private List<PacketHeaders> traffic = List.of();
  private FlowTable table = new BoundedFlowTables().create(FlowSettings.DEFAULT, flow -> {});
  private int next;

  /** Creates the state. */
  public FlowBenchmark() {}

  /**
   * Loads or makes the packets.
   *
   * @throws IOException if the capture cannot be read
   */
  @Setup
  public void prepare() throws IOException {
    String capture = System.getProperty("capture", "");
    traffic =
        capture.isEmpty()
            ? new SyntheticTraffic(SEED).packets(PACKETS)
            : CapturedTraffic.packets(Path.of(capture), PACKETS);
    table =
        new BoundedFlowTables().create(FlowSettings.DEFAULT, views ? this::writeRows : flow -> {});
  }

  private void writeRows(FlowRecord flow) {
    cic.write(flow, row, 0);
    packets.write(flow, row, cicWidth);
  }

  /**
   * Counts packets; at the end of the traffic the table is flushed and it starts again.
   *
   * @return something that depends on all the work
   */
  @Benchmark
  @OperationsPerInvocation(PACKETS_PER_CALL)
  public float accept() {
    for (int i = 0; i < PACKETS_PER_CALL; i++) {
      if (next == traffic.size()) {
        table.flush();
        next = 0;
      }
      table.accept(traffic.get(next++), false);
    }
    return row.get(2);
  }
}
