package io.caracal.benchmarks.flows;

import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/** The process that {@code FlowIntake} compares with its peers: a file to every column. */
public final class ViewRun {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int POLL = 4096;
  private static final double STEADY = 0.25;

  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final Bursts bursts;

  private ViewRun(FlowTable table) {
    bursts = new Bursts(table);
  }

  /**
   * Reads a capture; prints the packets, the records, a sum of columns, the packets per second of
   * this thread's processor time once a quarter of the file was read, and resident memory.
   *
   * @param arguments the capture
   * @throws IOException if it cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Columns columns = new Columns();
    FlowTable table = new BoundedFlowTables().create(FlowSettings.DEFAULT, columns);
    ViewRun run = new ViewRun(table);
    long steadyPackets = 0;
    long steadyNanos = 0;
    try (PacketInput input = new FileSource().open(SourceRequest.file(arguments[0]))) {
      int delivered = 0;
      while (delivered != PacketInput.END) {
        delivered = input.poll(run::count, POLL, 0);
        if (steadyNanos == 0 && input.progress() >= STEADY) {
          steadyPackets = input.counters().packets();
          steadyNanos = THREADS.getCurrentThreadCpuTime();
        }
      }
      long packets = input.counters().packets();
      double seconds = (THREADS.getCurrentThreadCpuTime() - steadyNanos) / 1e9;
      run.bursts.handOver();
      table.flush();
      System.out.printf(
          Locale.ROOT,
          "%d packets, %d records, sum %.6g, steady %.0f, resident %d MiB%n",
          packets,
          columns.records(),
          columns.sum(),
          (packets - steadyPackets) / seconds,
          Resident.peak());
    }
  }

  private void count(Frame frame) {
    if (decoder.decode(frame, bursts.next()) == DecodeResult.OK) {
      bursts.add();
    }
  }
}
