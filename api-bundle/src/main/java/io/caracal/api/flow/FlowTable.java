package io.caracal.api.flow;

import io.caracal.api.packet.PacketHeaders;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Counts packets into flows; owned by one lane, used by its thread only. {@link Factory} is the
 * OSGi service.
 */
@ProviderType
public interface FlowTable {
  /**
   * Counts one packet, and first writes out what expired by its time.
   *
   * @param packet headers, not kept
   * @param truncated whether the snapshot length cut the frame
   */
  void accept(PacketHeaders packet, boolean truncated);

  /**
   * Writes out what has expired, for links that fall silent.
   *
   * @param nowNanos the present in packet time, nanoseconds since 1970-01-01 UTC
   */
  void advance(long nowNanos);

  /**
   * Writes out every flow, oldest start first, with {@link EndReason#END_OF_CAPTURE}, or with
   * {@link EndReason#FIN} or {@link EndReason#RST} if it was closed. The table is empty afterwards
   * and takes another capture, whatever its times.
   */
  void flush();

  /**
   * Counts so far.
   *
   * @return a snapshot
   */
  FlowCounters counters();

  /** Makes tables; the OSGi service. Thread-safe. */
  @ProviderType
  interface Factory {
    /**
     * A new, empty table for one lane.
     *
     * @param settings timeouts and bounds
     * @param listener takes the records
     * @return the table
     */
    FlowTable create(FlowSettings settings, FlowListener listener);
  }
}
