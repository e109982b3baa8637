package io.caracal.trainer.mutate;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Ethernet frames of one conversation between 10.0.0.1 and 10.0.0.2, made by hand. */
final class Frames {
  static final int CLIENT = 40_000;
  static final int SERVER = 80;
  private static final int HEADERS = 14 + 20 + 20;
  private static final byte[] ONE = {10, 0, 0, 1};
  private static final byte[] TWO = {10, 0, 0, 2};

  private Frames() {}

  /** A segment captured up to {@code snapLength} bytes, with correct checksums. */
  static Packet tcp(
      double seconds, boolean client, int seq, int ack, int flags, int length, int snapLength) {
    ByteBuffer frame = ByteBuffer.allocate(HEADERS + length);
    frame.put(new byte[12]).putShort((short) 0x0800);
    frame.putShort((short) 0x4500).putShort((short) (40 + length)).putInt(0x00014000);
    frame.putShort((short) 0x4006).putShort((short) 0);
    frame.put(client ? ONE : TWO).put(client ? TWO : ONE);
    frame.putShort(24, (short) ~fold(sum(frame.array(), 14, 34)));
    frame.putShort((short) (client ? CLIENT : SERVER));
    frame.putShort((short) (client ? SERVER : CLIENT));
    frame.putInt(seq).putInt(ack).putShort((short) (0x5000 | flags)).putShort((short) 1000);
    frame.putInt(0);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (seq + i));
    }
    long sum = sum(frame.array(), 26, frame.capacity()) + 6 + 20 + length;
    frame.putShort(50, (short) ~fold(sum));
    byte[] bytes = Arrays.copyOf(frame.array(), Math.min(snapLength, frame.capacity()));
    return new Packet(Math.round(seconds * 1e9), bytes, frame.capacity());
  }

  static boolean ipChecksumHolds(Packet packet) {
    return fold(sum(packet.bytes, 14, 34)) == 0xffff;
  }

  private static long sum(byte[] bytes, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      int octet = bytes[i] & 0xff;
      sum += (i - from) % 2 == 0 ? octet << 8 : octet;
    }
    return sum;
  }

  private static int fold(long sum) {
    return sum >> 16 == 0 ? (int) sum : fold((sum & 0xffff) + (sum >> 16));
  }
}
