package io.caracal.feature.internal.flow;

/**
 * Bulk transfers of one direction as CICFlowMeter defines them: runs of at least four payload
 * packets, each at most a second after the one before, without payload from the other side.
 */
final class Bulks {
  private static final long MAX_GAP_NANOS = 1_000_000_000L;
  private static final int MIN_PACKETS = 4;

  private long runStart;
  private long runLast;
  private long runBytes;
  private int runPackets;

  private int count;
  private long packets;
  private long bytes;
  private long nanos;

  /** Counts a packet of this direction that carries payload. */
  void add(long timeNanos, int payload) {
    long gap = PacketTime.between(runLast, timeNanos);
    if (runPackets == 0 || gap > MAX_GAP_NANOS) {
      runStart = timeNanos;
      runLast = timeNanos;
      runBytes = payload;
      runPackets = 1;
      return;
    }
    runPackets++;
    runBytes += payload;
    runLast = Math.max(runLast, timeNanos);
    if (runPackets == MIN_PACKETS) {
      count++;
      packets += MIN_PACKETS;
      bytes += runBytes;
      nanos += PacketTime.between(runStart, runLast);
    } else if (runPackets > MIN_PACKETS) {
      packets++;
      bytes += payload;
      nanos += gap;
    }
  }

  /** The other side sent payload: the run is over. */
  void interrupt() {
    runPackets = 0;
  }

  long count() {
    return count;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  long nanos() {
    return nanos;
  }
}
