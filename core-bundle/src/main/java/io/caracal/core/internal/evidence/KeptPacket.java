package io.caracal.core.internal.evidence;

import io.caracal.api.packet.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A copy of a packet that outlives the ring. */
record KeptPacket(int linkType, long timeNanos, int wireLength, ByteBuffer bytes) {
  /** The first bytes of a packet. */
  static KeptPacket of(Frame frame, int length) {
    byte[] bytes = Arrays.copyOf(frame.copy(), length);
    return new KeptPacket(
        frame.linkType, frame.timeNanos, frame.wireLength, ByteBuffer.wrap(bytes));
  }

  int capturedLength() {
    return bytes.capacity();
  }
}
