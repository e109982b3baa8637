package io.caracal.benchmarks.scoring;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import io.caracal.capture.internal.file.FileSource;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import io.caracal.feature.internal.graph.GraphView;
import io.caracal.feature.internal.history.HistoryView;
import io.caracal.feature.internal.host.HostView;
import io.caracal.feature.internal.view.CicView;
import io.caracal.feature.internal.view.NfView;
import io.caracal.feature.internal.view.PacketsView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flow records of a capture with the columns of every view. */
final class FlowPool implements FlowListener {
  private static final int POLL = 1024;

  private final Map<ContextView, ContextView.Context> around = new LinkedHashMap<>();
  private final List<View> views =
      List.of(
          new CicView(),
          new NfView(),
          new PacketsView(),
          new HostView(),
          new HistoryView(),
          new GraphView());
  private final FlowBatch flows;
  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final PacketHeaders headers = new PacketHeaders();

  private FlowPool(int most) {
    for (View view : views) {
      if (view instanceof ContextView context) {
        around.put(context, context.open());
      }
    }
    flows = new FlowBatch(most, views);
  }

  /**
   * Reads the first flows of a capture.
   *
   * @param capture the capture
   * @param most how many
   */
  static FlowPool read(Path capture, int most) throws IOException {
    FlowPool pool = new FlowPool(most);
    FlowTable table = new BoundedFlowTables().create(FlowSettings.DEFAULT, pool);
    try (PacketInput input = new FileSource().open(SourceRequest.file(capture.toString()))) {
      int delivered = 0;
      while (delivered != PacketInput.END && !pool.flows.full()) {
        delivered = input.poll(frame -> pool.count(frame, table), POLL, 0);
      }
      table.flush();
    }
    if (pool.flows.size() == 0) {
      throw new IOException(capture + " holds no flow: give a capture with traffic");
    }
    return pool;
  }

  private void count(Frame frame, FlowTable table) {
    if (decoder.decode(frame, headers) == DecodeResult.OK) {
      table.accept(headers, false);
    }
  }

  @Override
  public void onStart(FlowRecord flow) {
    around.values().forEach(memory -> memory.onStart(flow.identity(), flow.writtenNanos()));
  }

  @Override
  public void onFlow(FlowRecord flow) {
    if (!flows.full()) {
      int row = flows.size();
      flows.add(flow);
      around.forEach((view, memory) -> write(view, memory, row));
    }
  }

  private void write(ContextView view, ContextView.Context memory, int row) {
    ViewDescription columns = view.description();
    memory.write(flows.flow(row), flows.view(columns.name()), row * columns.width());
  }

  /** A batch of some of the flows, beginning anywhere and going round. */
  FlowBatch batch(int first, int size) {
    FlowBatch batch = new FlowBatch(size, views);
    for (int i = 0; i < size; i++) {
      batch.addFrom(flows, (first + i) % flows.size());
    }
    return batch;
  }
}
