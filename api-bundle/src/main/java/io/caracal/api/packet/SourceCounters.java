package io.caracal.api.packet;

/**
 * Counts of one input since it was opened.
 *
 * @param packets frames delivered
 * @param bytes bytes of those frames on the wire
 * @param droppedByKernel frames the kernel dropped because its buffer was full; for a capture what
 *     it says itself, 0 where it says nothing
 * @param droppedByInterface frames the network interface or its driver dropped; for a capture as
 *     above
 * @param truncated frames of which the snapshot length cut something off
 * @param bufferFull how often the capture buffer filled up, where the source can tell; each time
 *     frames were dropped
 */
public record SourceCounters(
    long packets,
    long bytes,
    long droppedByKernel,
    long droppedByInterface,
    long truncated,
    long bufferFull) {
  /** No packets yet. */
  public static final SourceCounters NONE = new SourceCounters(0, 0, 0, 0, 0, 0);

  /**
   * Adds two inputs' counts.
   *
   * @param other the other input's
   * @return the sum, field by field
   */
  public SourceCounters plus(SourceCounters other) {
    return new SourceCounters(
        packets + other.packets,
        bytes + other.bytes,
        droppedByKernel + other.droppedByKernel,
        droppedByInterface + other.droppedByInterface,
        truncated + other.truncated,
        bufferFull + other.bufferFull);
  }
}
