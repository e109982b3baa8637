package io.caracal.core.internal.rows;

import io.caracal.api.flow.FlowBatch;
import java.io.IOException;

/** A table of flow records being written. */
public interface FlowOutput extends AutoCloseable {
  /** Writes every row of a batch. */
  void write(FlowBatch batch) throws IOException;

  @Override
  void close() throws IOException;
}
