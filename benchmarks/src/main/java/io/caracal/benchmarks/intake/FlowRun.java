package io.caracal.benchmarks.intake;

import com.sun.management.ThreadMXBean;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The process that is compared with nfpcapd: file to flow records, of which a line each is kept.
 */
public final class FlowRun {
  private static final int POLL = 4096;
  private static final int BURST = 32;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private FlowRun() {}

  /**
   * Reads a capture; prints packets, flows and what this thread allocated.
   *
   * @param arguments the capture
   * @throws IOException if it cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    long[] flows = new long[2];
    FlowTable table =
        new BoundedFlowTables()
            .create(
                FlowSettings.DEFAULT,
                record -> {
                  flows[0]++;
                  flows[1] += record.forward().ipBytes();
                });
    PacketDecoder decoder = new HeaderDecoderFactory().create();
    PacketHeaders[] burst =
        Stream.generate(PacketHeaders::new).limit(BURST).toArray(PacketHeaders[]::new);
    int[] held = new int[1];
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try (PacketInput input = new FileSource().open(SourceRequest.file(arguments[0]))) {
      int delivered = 0;
      while (delivered != PacketInput.END) {
        delivered =
            input.poll(
                frame -> {
                  if (decoder.decode(frame, burst[held[0]]) == DecodeResult.OK
                      && ++held[0] == BURST) {
                    table.accept(burst, BURST);
                    held[0] = 0;
                  }
                },
                POLL,
                0);
      }
      table.accept(burst, held[0]);
      long left = table.counters().active();
      table.flush();
      System.out.printf(
          Locale.ROOT,
          "%,d packets, %,d flow records, %,d flows left at the end; %,d bytes allocated%n",
          input.counters().packets(),
          flows[0],
          left,
          THREADS.getCurrentThreadAllocatedBytes() - before);
    }
  }
}
