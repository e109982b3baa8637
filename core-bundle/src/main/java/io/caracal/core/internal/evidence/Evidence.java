package io.caracal.core.internal.evidence;

import io.caracal.api.alert.Detection;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketHeaders;
import java.util.Map;

/** What one lane does for evidence. Thread-safe: judgements come from the threads of all lanes. */
public interface Evidence extends AutoCloseable {
  /** Keeps nothing. */
  Evidence NONE =
      new Evidence() {
        @Override
        public void keep(Frame frame, PacketHeaders headers) {}

        @Override
        public void detected(String alert, Detection detection, FlowBatch batch, int row) {}

        @Override
        public void ended(FlowBatch batch, int row) {}

        @Override
        public Map<String, Long> counters() {
          return Map.of();
        }

        @Override
        public void close() {}
      };

  /** Keeps a packet of a flow for a while. */
  void keep(Frame frame, PacketHeaders headers);

  /**
   * A flow was judged an attack and belongs to an alert: its packets so far are wanted, and those
   * of the flows that made its host one.
   */
  void detected(String alert, Detection detection, FlowBatch batch, int row);

  /** A flow ended; if it was judged an attack before, its packets since then are wanted too. */
  void ended(FlowBatch batch, int row);

  /** Counters under {@code evidence.}. */
  Map<String, Long> counters();

  @Override
  void close();
}
