package io.caracal.benchmarks;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import io.caracal.feature.internal.graph.GraphView;
import io.caracal.feature.internal.history.HistoryView;
import io.caracal.feature.internal.host.HostView;
import io.caracal.feature.internal.view.CicView;
import io.caracal.feature.internal.view.NfView;
import io.caracal.feature.internal.view.PacketsView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a row of each view costs: flow tables full of records are flushed, and every record becomes
 * a row. The peer is a bare copy of a row of the same width; flushing is in both, and alone in
 * {@code none}. Records per second are in {@code records}. {@code -Dcapture=FILE} feeds a capture,
 * otherwise it is {@link SyntheticTraffic}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ViewBenchmark {
  private static final int PACKETS = 1 << 16;
  private static final int REPEATS = 32;
  private static final long SEED = 2;

  /** Counted beside the calls, since captures differ in their flows. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Counts {
    /** Records written. */
    public long records;

    /** Creates the counter. */
    public Counts() {}
  }

  /** What is done with a record. */
  @Param({
    "none",
    "copy cic",
    "cic",
    "copy nf",
    "nf",
    "copy packets",
    "packets",
    "summary",
    "host",
    "history",
    "graph"
  })
  String work;

  private final CicView cic = new CicView();
  private final NfView nf = new NfView();
  private final PacketsView packets = new PacketsView();
  private final FloatBuffer row =
      ByteBuffer.allocateDirect(packets.description().width() * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
  private List<PacketHeaders> traffic = List.of();
  private FlowTable table = new BoundedFlowTables().create(FlowSettings.DEFAULT, flow -> {});
  private boolean measuring;
  private long records;
  private final ContextView.Context host = new HostView().open();
  private final ContextView.Context history = new HistoryView().open();
  private final ContextView.Context graph = new GraphView().open();

  /** Creates the state. */
  public ViewBenchmark() {}

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
    Consumer<FlowRecord> use =
        switch (work) {
          case "cic" -> flow -> cic.write(flow, row, 0);
          case "nf" -> flow -> nf.write(flow, row, 0);
          case "summary" -> flow -> row.put(0, (float) FlowSummary.of(flow).packets());
          case "host" -> flow -> around(flow, host);
          case "history" -> flow -> around(flow, history);
          case "graph" -> flow -> around(flow, graph);
          case "packets" -> flow -> packets.write(flow, row, 0);
          case "copy cic" -> copy(cic);
          case "copy nf" -> copy(nf);
          case "copy packets" -> copy(packets);
          default -> flow -> {};
        };
    table =
        new BoundedFlowTables()
            .create(
                FlowSettings.DEFAULT,
                flow -> {
                  if (measuring) {
                    for (int time = 0; time < REPEATS; time++) {
                      use.accept(flow);
                    }
                    records += REPEATS;
                  }
                });
  }

  /** One start for each record, which is more than captures have; the summary is made anyway. */
  private void around(FlowRecord flow, ContextView.Context context) {
    FlowSummary summary = FlowSummary.of(flow);
    context.onStart(summary.who(), summary.writtenNanos());
    context.write(summary, row, 0);
  }

  private Consumer<FlowRecord> copy(FeatureView view) {
    float[] values = new float[view.description().width()];
    return flow -> {
      values[0] = flow.flowId();
      row.put(0, values);
    };
  }

  /** Fills the table. */
  @Setup(Level.Invocation)
  public void fill() {
    measuring = false;
    for (PacketHeaders packet : traffic) {
      table.accept(packet, false);
    }
    measuring = true;
  }

  /**
   * Writes every record.
   *
   * @param counts how many
   * @return something that depends on all the work
   */
  @Benchmark
  public float write(Counts counts) {
    records = 0;
    table.flush();
    counts.records += records;
    return row.get(2);
  }
}
