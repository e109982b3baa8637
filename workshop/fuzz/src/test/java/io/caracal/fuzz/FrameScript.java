package io.caracal.fuzz;

import io.caracal.api.packet.Frame;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes as a sequence of frames. Five bytes stand before each: the link type (an index), how many
 * bytes the snapshot length cut off, seconds since the frame before (signed), and the captured
 * length (16 bits, big-endian).
 */
final class FrameScript {
  private static final int HEADER = 5;
  private static final List<Integer> LINK_TYPES =
      List.of(1, 0, 12, 14, 101, 108, 113, 228, 229, 276, 9);

  private final ByteBuffer script;
  private final Frame frame = new Frame();

  FrameScript(byte[] script) {
    this.script = ByteBuffer.wrap(script);
    frame.timeNanos = 1_700_000_000_000_000_000L;
  }

  /** Goes to the next frame; false at the end. */
  boolean next() {
    if (script.remaining() < HEADER) {
      return false;
    }
    frame.linkType = LINK_TYPES.get(Byte.toUnsignedInt(script.get()) % LINK_TYPES.size());
    int cut = Byte.toUnsignedInt(script.get());
    frame.timeNanos += script.get() * 1_000_000_000L;
    byte[] bytes = new byte[Math.min(Short.toUnsignedInt(script.getShort()), script.remaining())];
    script.get(bytes);
    frame.segment = MemorySegment.ofArray(bytes);
    frame.capturedLength = bytes.length;
    frame.wireLength = bytes.length + cut;
    return true;
  }

  /** The frame, alone in its segment. */
  Frame frame() {
    return frame;
  }

  /** Writes a frame as this class reads it, as far as the script can say it. */
  static byte[] of(Frame frame) {
    int length = Math.min(frame.capturedLength, 0xffff);
    int cut = Math.min(frame.wireLength - length, 0xff);
    byte link = (byte) LINK_TYPES.indexOf(frame.linkType);
    ByteBuffer script = ByteBuffer.allocate(HEADER + length).put(link).put((byte) cut);
    return script.put((byte) 0).putShort((short) length).put(frame.copy(), 0, length).array();
  }
}
