package io.caracal.capture.internal.decode;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A decoder under test. Frames lie in segments of exactly their size: reading past them throws. */
final class Decoding {
  static final int ETHERNET = 1;
  static final long TIME = 1_700_000_000_123_456_789L;

  final PacketHeaders headers = new PacketHeaders();
  private final PacketDecoder decoder = new HeaderDecoderFactory().create();
  private final Frame frame = new Frame();

  DecodeResult decode(byte[] bytes) {
    return decode(ETHERNET, bytes, bytes.length, TIME);
  }

  DecodeResult decode(int linkType, byte[] bytes) {
    return decode(linkType, bytes, bytes.length, TIME);
  }

  DecodeResult decodeAt(long time, byte[] bytes) {
    return decode(ETHERNET, bytes, bytes.length, time);
  }

  /** Decodes the first bytes of a frame, as a snapshot length leaves them. */
  DecodeResult decodeCut(int linkType, byte[] bytes, int captured) {
    return decode(linkType, bytes, captured, TIME);
  }

  private DecodeResult decode(int linkType, byte[] bytes, int captured, long time) {
    try (Arena arena = Arena.ofConfined()) {
      // An odd offset, to see that nothing relies on alignment or on a frame at 0.
      MemorySegment segment = arena.allocate(3L + captured);
      MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 3, captured);
      frame.segment = segment;
      frame.offset = 3;
      frame.capturedLength = captured;
      frame.wireLength = bytes.length;
      frame.timeNanos = time;
      frame.linkType = linkType;
      return decoder.decode(frame, headers);
    }
  }
}
