package io.caracal.core.internal.evidence;

import io.caracal.api.packet.Frame;
import java.nio.ByteBuffer;

/** A copy of a packet that outlives the ring. */
record KeptPacket(int linkType, long timeNanos, int wireLength, ByteBuffer bytes) {
  static KeptPacket of(Frame frame) {
    return new KeptPacket(
        frame.linkType, frame.timeNanos, frame.wireLength, ByteBuffer.wrap(frame.copy()));
  }

  int capturedLength() {
    return bytes.capacity();
  }
}
