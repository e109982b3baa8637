package io.caracal.benchmarks.intake;

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

/**
 * The process that is compared with nfpcapd: file to flow records, of which a line each is kept.
 */
public final class FlowRun {
  private static final int POLL = 4096;

  private FlowRun() {}

  /**
   * Reads a capture and prints packets and flows.
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
    PacketHeaders headers = new PacketHeaders();
    try (PacketInput input = new FileSource().open(SourceRequest.file(arguments[0]))) {
      int delivered = 0;
      while (delivered != PacketInput.END) {
        delivered =
            input.poll(
                frame -> {
                  if (decoder.decode(frame, headers) == DecodeResult.OK) {
                    table.accept(headers, frame.capturedLength < frame.wireLength);
                  }
                },
                POLL,
                0);
      }
      table.flush();
      System.out.println(input.counters().packets() + " packets, " + flows[0] + " flow records");
    }
  }
}
