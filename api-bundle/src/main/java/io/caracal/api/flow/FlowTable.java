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
   * Counts packets one after the other, as {@link #accept(PacketHeaders, boolean)} does with {@link
   * PacketHeaders#truncated}. A table may fetch the memory of all their flows at once, so that the
   * waits overlap.
   *
   * @param packets headers in order of arrival, not kept
   * @param count how many of them, from the first
   */
  default void accept(PacketHeaders[] packets, int count) {
    for (int packet = 0; packet < count; packet++) {
      accept(packets[packet], packets[packet].truncated);
    }
  }

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
