package io.caracal.capture.internal.file;

import io.caracal.capture.internal.Frames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes captures by hand, in one byte order. */
final class Captures {
  static final int MICRO = 0xa1b2c3d4;
  static final int NANO = 0xa1b23c4d;
  static final int MODIFIED = 0xa1b2cd34;
  static final long SECOND = 1_700_000_000L;

  private final ByteBuffer out;

  private Captures(ByteOrder order) {
    out = ByteBuffer.allocate(64 << 10).order(order);
  }

  static Captures in(ByteOrder order) {
    return new Captures(order);
  }

  /** A frame that is told from others by its number. */
  static byte[] frame(int number) {
    byte[] payload = new byte[number];
    return Frames.ethernet(
        Frames.IPV4, Frames.ipv4(Frames.UDP).carrying(Frames.udp(1000 + number, 53, payload)));
  }

  byte[] bytes() {
    byte[] written = new byte[out.position()];
    out.get(0, written);
    return written;
  }

  Captures fileHeader(int magic, int linkType) {
    return fileHeader(magic, 2, 4, linkType);
  }

  Captures fileHeader(int magic, int major, int minor, int linkType) {
    out.putInt(magic).putShort((short) major).putShort((short) minor).putInt(0).putInt(0);
    out.putInt(65535).putInt(linkType);
    return this;
  }

  Captures packet(long seconds, int fraction, byte[] frame) {
    return packet(seconds, fraction, frame, frame.length);
  }

  Captures packet(long seconds, int fraction, byte[] frame, int wireLength) {
    out.putInt((int) seconds).putInt(fraction).putInt(frame.length).putInt(wireLength).put(frame);
    return this;
  }

  Captures modifiedPacket(long seconds, int fraction, byte[] frame) {
    return modifiedPacket(seconds, fraction, frame, frame.length);
  }

  Captures modifiedPacket(long seconds, int fraction, byte[] frame, int wireLength) {
    out.putInt((int) seconds).putInt(fraction).putInt(frame.length).putInt(wireLength);
    out.putInt(3).putShort((short) 8).put((byte) 4).put((byte) 0).put(frame);
    return this;
  }

  Captures int32(int value) {
    out.putInt(value);
    return this;
  }

  Captures raw(byte[] bytes) {
    out.put(bytes);
    return this;
  }

  Captures section() {
    out.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0);
    out.putLong(-1).putInt(28);
    return this;
  }

  Captures networkInterface(int linkType, int snapshotLength) {
    ByteBuffer body = body(8).putShort((short) linkType).putShort((short) 0);
    return block(1, body.putInt(snapshotLength));
  }

  Captures networkInterface(int linkType, int resolution, long offsetSeconds) {
    ByteBuffer body = body(40).putShort((short) linkType).putShort((short) 0).putInt(0);
    body.putShort((short) 2).putShort((short) 3).put(new byte[] {'a', 'b', 'c', 0});
    body.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
    body.putShort((short) 14).putShort((short) 8).putLong(offsetSeconds);
    return block(1, body.putInt(0));
  }

  Captures enhancedPacket(int networkInterface, long units, byte[] frame, int wireLength) {
    ByteBuffer body = body(20 + padded(frame.length) + 4).putInt(networkInterface);
    body.putInt((int) (units >>> 32)).putInt((int) units).putInt(frame.length).putInt(wireLength);
    return block(6, body.put(frame).position(20 + padded(frame.length)).putInt(0));
  }

  /** With the option that counts the frames dropped before it. */
  Captures enhancedPacket(int networkInterface, long units, byte[] frame, long dropped) {
    int options = 20 + padded(frame.length);
    ByteBuffer body = body(options + 16).putInt(networkInterface);
    body.putInt((int) (units >>> 32)).putInt((int) units).putInt(frame.length).putInt(frame.length);
    body.put(frame).position(options);
    return block(6, body.putShort((short) 4).putShort((short) 8).putLong(dropped).putInt(0));
  }

  /** Counts of dropped frames by the interface and by the kernel. */
  Captures statistics(int networkInterface, long byInterface, long byKernel) {
    ByteBuffer body = body(40).putInt(networkInterface).putLong(0);
    body.putShort((short) 5).putShort((short) 8).putLong(byInterface);
    body.putShort((short) 7).putShort((short) 8).putLong(byKernel);
    return block(5, body.putInt(0));
  }

  Captures oldPacket(int networkInterface, long units, byte[] frame) {
    return oldPacket(networkInterface, units, frame, 0);
  }

  Captures oldPacket(int networkInterface, long units, byte[] frame, int dropped) {
    ByteBuffer body = body(20 + padded(frame.length)).putShort((short) networkInterface);
    body.putShort((short) dropped).putInt((int) (units >>> 32)).putInt((int) units);
    return block(2, body.putInt(frame.length).putInt(frame.length).put(frame));
  }

  Captures simplePacket(byte[] captured, int wireLength) {
    return block(3, body(4 + padded(captured.length)).putInt(wireLength).put(captured));
  }

  /** A block of any kind. */
  Captures block(int type, byte[] content) {
    return block(type, body(content.length).put(content));
  }

  private Captures block(int type, ByteBuffer body) {
    int length = 12 + body.capacity();
    out.putInt(type).putInt(length).put(body.clear()).putInt(length);
    return this;
  }

  private ByteBuffer body(int length) {
    return ByteBuffer.allocate(length).order(out.order());
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
