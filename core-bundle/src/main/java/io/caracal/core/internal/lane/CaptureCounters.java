package io.caracal.core.internal.lane;

import io.caracal.api.packet.SourceCounters;
import java.util.Map;

/** The names under which the counts of inputs appear in stats and summary.json. */
public final class CaptureCounters {
  private CaptureCounters() {}

  /** Adds the counts under a prefix that ends with a dot. */
  public static void put(Map<String, Object> counters, String prefix, SourceCounters source) {
    counters.put(prefix + "packets", source.packets());
    counters.put(prefix + "bytes", source.bytes());
    counters.put(prefix + "kernel_drops", source.droppedByKernel());
    counters.put(prefix + "interface_drops", source.droppedByInterface());
    counters.put(prefix + "buffer_full", source.bufferFull());
    counters.put(prefix + "truncated", source.truncated());
  }
}
