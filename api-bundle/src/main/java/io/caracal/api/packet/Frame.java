package io.caracal.api.packet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One captured frame: a position in a memory segment. A source owns one instance and refills it for
 * every frame, so a handler must be done with it (and with the bytes behind it) when it returns.
 */
public final class Frame {
  /** The memory that holds the frame; valid only while the handler runs. */
  public MemorySegment segment = MemorySegment.NULL;

  /** First byte of the frame in {@link #segment}, in bytes. */
  public long offset;

  /**
   * Bytes present in {@link #segment}; less than {@link #wireLength} when the snapshot length cut
   * the frame.
   */
  public int capturedLength;

  /** Bytes that were on the wire. */
  public int wireLength;

  /** Capture time in nanoseconds since 1970-01-01 UTC. */
  public long timeNanos;

  /**
   * The LINKTYPE_ value of the interface, as registered at tcpdump.org (1 = Ethernet, 101 = raw IP,
   * ...).
   */
  public int linkType;

  /** Creates an empty frame for a source to refill. */
  public Frame() {}

  /**
   * Copies the captured bytes, for evidence and diagnostics; never used on the packet path.
   *
   * @return a new array of {@link #capturedLength} bytes
   */
  public byte[] copy() {
    return segment.asSlice(offset, capturedLength).toArray(ValueLayout.JAVA_BYTE);
  }
}
