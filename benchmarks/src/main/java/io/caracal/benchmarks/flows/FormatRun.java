package io.caracal.benchmarks.flows;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowOutput.Format;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.flow.View;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import io.caracal.export.parquet.internal.ParquetFormat;
import io.caracal.export.text.internal.CsvFormat;
import io.caracal.export.text.internal.JsonLinesFormat;
import io.caracal.export.text.internal.ZeekFormat;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import io.caracal.feature.internal.view.CicView;
import io.caracal.feature.internal.view.PacketsView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How fast each format writes the flows of a capture, which are in memory. */
public final class FormatRun {
  private static final int POLL = 4096;
  private static final int ROWS = 256;
  private static final int ROUNDS = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private FormatRun() {}

  /** A format and what it is to write. */
  private record Case(String name, Format format, List<View> views) {
    static Case of(String name, Format format, View... chosen) {
      return new Case(name, format, format.views(List.of(chosen), List.of()));
    }
  }

  /**
   * Prints flows per CPU-second and bytes per flow, by the median of the rounds.
   *
   * @param arguments the capture
   * @throws IOException if it cannot be read or a table cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    View cic = new CicView();
    View packets = new PacketsView();
    List<Case> cases =
        List.of(
            Case.of("csv cic", new CsvFormat(), cic),
            Case.of("csv cic,packets", new CsvFormat(), cic, packets),
            Case.of("jsonl cic,packets", new JsonLinesFormat(), cic, packets),
            Case.of("parquet cic,packets", new ParquetFormat(), cic, packets),
            Case.of("zeek", new ZeekFormat()));
    List<View> views =
        Stream.concat(cases.stream().flatMap(c -> c.views().stream()), Stream.of(cic, packets))
            .distinct()
            .toList();
    List<FlowBatch> flows = flows(arguments[0], views);
    double[][] seconds = new double[cases.size()][ROUNDS];
    long rows = flows.stream().mapToLong(FlowBatch::size).sum();
    Path file = Files.createTempFile("flows", "");
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < cases.size(); i++) {
        seconds[i][round] = write(cases.get(i), flows, file);
        if (round == ROUNDS - 1) {
          Arrays.sort(seconds[i]);
          System.out.printf(
              Locale.ROOT,
              "%-20s %,d flows per CPU-second, %d bytes each%n",
              cases.get(i).name(),
              Math.round(rows / seconds[i][ROUNDS / 2]),
              Files.size(file) / rows);
        }
      }
    }
    Files.delete(file);
  }

  private static double write(Case what, List<FlowBatch> flows, Path file) throws IOException {
    long before = THREADS.getCurrentThreadCpuTime();
    try (FlowOutput output =
        what.format().open(file.toString(), what.views(), FlowSettings.DEFAULT)) {
      for (FlowBatch batch : flows) {
        output.write(batch);
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
  }

  private static List<FlowBatch> flows(String capture, List<View> views) throws IOException {
    List<FlowBatch> batches = new ArrayList<>(List.of(new FlowBatch(ROWS, views)));
    FlowTable table =
        new BoundedFlowTables()
            .create(
                FlowSettings.DEFAULT,
                record -> {
                  if (batches.getLast().full()) {
                    batches.add(new FlowBatch(ROWS, views));
                  }
                  batches.getLast().add(record);
                });
    PacketDecoder decoder = new HeaderDecoderFactory().create();
    PacketHeaders headers = new PacketHeaders();
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture))) {
      int delivered = 0;
      while (delivered != PacketInput.END) {
        delivered =
            input.poll(
                frame -> {
                  if (decoder.decode(frame, headers) == DecodeResult.OK) {
                    table.accept(headers, headers.truncated);
                  }
                },
                POLL,
                0);
      }
    }
    table.flush();
    return batches;
  }
}
