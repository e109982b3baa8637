package io.caracal.core.internal.command;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Flow records on their way from a table into an output, a batch at a time. One thread. */
final class FlowExport implements FlowListener {
  private static final int ROWS = 256;

  private final FlowOutput output;
  private final FlowBatch batch;
  private final boolean checkpoints;
  private long records;

  FlowExport(FlowOutput output, List<View> views, boolean checkpoints) {
    this.output = output;
    this.batch = new FlowBatch(ROWS, views);
    this.checkpoints = checkpoints;
  }

  @Override
  public void onFlow(FlowRecord record) {
    if (checkpoints || record.reason() != EndReason.CHECKPOINT) {
      batch.add(record);
      records++;
      if (batch.full()) {
        write();
      }
    }
  }

  /** Writes what waits in the batch. */
  void write() {
    try {
      output.write(batch);
      batch.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records so far. */
  long records() {
    return records;
  }
}
