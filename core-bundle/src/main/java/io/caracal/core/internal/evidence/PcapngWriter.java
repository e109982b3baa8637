package io.caracal.core.internal.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes packets as pcapng (draft-ietf-opsawg-pcapng): one section with a comment, an interface for
 * each link type, nanoseconds.
 */
final class PcapngWriter {
  private static final int SECTION = 0x0a0d0d0a, INTERFACE = 1, PACKET = 6;
  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final int TIME_RESOLUTION = 9;
  private static final byte NANOSECONDS = 9;
  private static final int COMMENT = 1, APPLICATION = 4;
  private static final int LONGEST_OPTION = 65_535;
  private static final int AROUND = 12;

  /** The link type of each interface written so far, by its number. */
  private final List<Integer> interfaces = new ArrayList<>();

  private final byte[] comment;
  private boolean begun;

  /** Writes a file that begins with a comment. */
  PcapngWriter(String comment) {
    byte[] text = comment.getBytes(StandardCharsets.UTF_8);
    this.comment = Arrays.copyOf(text, Math.min(text.length, LONGEST_OPTION));
  }

  /** Bytes that a packet takes in the file. */
  static int size(int capturedLength) {
    return AROUND + 20 + padded(capturedLength);
  }

  /** Whether something was written. */
  boolean begun() {
    return begun;
  }

  /** Writes packets; the first call for a file writes its beginning too. */
  void write(List<KeptPacket> packets, WritableByteChannel out) throws IOException {
    if (!begun) {
      write(section(), out);
      begun = true;
    }
    for (KeptPacket packet : packets) {
      int number = interfaces.indexOf(packet.linkType());
      if (number < 0) {
        number = interfaces.size();
        interfaces.add(packet.linkType());
        write(interfaceOf(packet.linkType()), out);
      }
      write(packet(number, packet), out);
    }
  }

  private ByteBuffer section() {
    byte[] application = "Caracal".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer section =
        block(SECTION, 16 + 4 + padded(comment.length) + 4 + padded(application.length) + 4);
    section.putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
    option(COMMENT, comment, section);
    option(APPLICATION, application, section);
    section.putInt(0);
    return end(section);
  }

  private static void option(int code, byte[] value, ByteBuffer block) {
    block.putShort((short) code).putShort((short) value.length).put(value);
    block.position(block.position() + padded(value.length) - value.length);
  }

  private static ByteBuffer interfaceOf(int linkType) {
    ByteBuffer block = block(INTERFACE, 20);
    block.putShort((short) linkType).putShort((short) 0).putInt(0);
    block.putShort((short) TIME_RESOLUTION).putShort((short) 1).putInt(NANOSECONDS).putInt(0);
    return end(block);
  }

  private static ByteBuffer packet(int interfaceNumber, KeptPacket packet) {
    int length = packet.capturedLength();
    ByteBuffer block = block(PACKET, 20 + padded(length));
    block.putInt(interfaceNumber);
    block.putInt((int) (packet.timeNanos() >>> 32)).putInt((int) packet.timeNanos());
    block.putInt(length).putInt(packet.wireLength()).put(packet.bytes().duplicate());
    return end(block);
  }

  private static ByteBuffer block(int type, int body) {
    ByteBuffer block = ByteBuffer.allocate(AROUND + body).order(ByteOrder.LITTLE_ENDIAN);
    return block.putInt(type).putInt(AROUND + body);
  }

  private static ByteBuffer end(ByteBuffer block) {
    return block.putInt(block.capacity() - Integer.BYTES, block.capacity()).rewind();
  }

  private static void write(ByteBuffer block, WritableByteChannel out) throws IOException {
    while (block.hasRemaining()) {
      out.write(block);
    }
  }

  private static int padded(int length) {
    return (length + 3) / 4 * 4;
  }
}
