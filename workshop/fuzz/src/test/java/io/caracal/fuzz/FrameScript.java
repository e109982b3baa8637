package io.caracal.fuzz;

import io.caracal.api.packet.Frame;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes as a sequence of frames. Six bytes stand before each: the link type (an index), seconds
 * since the frame before (signed), how many bytes the snapshot length cut off, and the captured
 * length (16 bits each, big-endian).
 */
final class FrameScript {
  private static final int HEADER = 6;
  private static final List<Integer> LINK_TYPES =
      List.of(
          1, 0, 9, 10, 12, 14, 50, 51, 101, 104, 105, 107, 108, 113, 127, 147, 192, 228, 229, 239,
          258, 276);

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
    frame.timeNanos += script.get() * 1_000_000_000L;
    int cut = Short.toUnsignedInt(script.getShort());
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
    int cut = Math.min(frame.wireLength - length, 0xffff);
    byte link = (byte) LINK_TYPES.indexOf(frame.linkType);
    ByteBuffer script = ByteBuffer.allocate(HEADER + length).put(link).put((byte) 0);
    script.putShort((short) cut).putShort((short) length);
    return script.put(frame.copy(), 0, length).array();
  }
}
