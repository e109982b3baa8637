package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import java.io.IOException;

/**
 * The format of Solaris' snoop, version 2: big-endian, microseconds.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1761">RFC 1761</a>
 */
final class SnoopRecords implements CaptureRecords {
  /** The first half of {@code snoop} and three zeros, little-endian. */
  static final int MAGIC = 0x6f6f6e73;

  static final int HEADER = 16;

  private static final int MAGIC_END = 0x7000_0000;
  private static final int VERSION = 2;
  private static final int RECORD_HEADER = 24;

  private final CaptureBytes bytes;
  private final int linkType;
  private long dropped;

  /** Padding of the packet handed over last, still to be passed over. */
  private long rest;

  private SnoopRecords(CaptureBytes bytes, int linkType) {
    this.bytes = bytes;
    this.linkType = linkType;
  }

  /** Reads the file header, which is there. */
  static SnoopRecords of(CaptureBytes bytes) throws DamagedCapture {
    bytes.bigEndian(true);
    if (bytes.int32(4) != MAGIC_END || bytes.int32(8) != VERSION) {
      throw new DamagedCapture(
          "is not a snoop capture of version 2; convert it with editcap -F pcap");
    }
    int linkType = linkType(bytes.int32(12));
    bytes.position += HEADER;
    return new SnoopRecords(bytes, linkType);
  }

  /** The LINKTYPE_ value of a datalink type, chapter 4 of RFC 1761. */
  private static int linkType(int datalink) throws DamagedCapture {
    return switch (datalink) {
      case 0, 4 -> 1; // IEEE 802.3, Ethernet
      case 2 -> 6; // Token Ring
      case 8 -> 10; // FDDI
      default ->
          throw new DamagedCapture(
              "is a snoop capture of datalink type "
                  + datalink
                  + ", which is not read; convert it with editcap -F pcap");
    };
  }

  @Override
  public Next next(Frame frame) throws DamagedCapture, IOException {
    rest = bytes.skip(rest);
    if (rest > 0 || !bytes.has(RECORD_HEADER)) {
      return bytes.shortage("packet");
    }
    int captured = CaptureRecords.captured(bytes.uint32(4));
    long length = bytes.uint32(8);
    if (length < RECORD_HEADER + captured) {
      throw new DamagedCapture("holds a packet that is longer than its record");
    }
    if (!bytes.has(RECORD_HEADER + captured)) {
      return bytes.cut("packet");
    }
    frame.segment = bytes.segment;
    frame.offset = bytes.position + RECORD_HEADER;
    frame.capturedLength = captured;
    frame.wireLength = CaptureRecords.wire(bytes.uint32(0), captured);
    frame.timeNanos = bytes.uint32(16) * 1_000_000_000L + bytes.uint32(20) * 1000L;
    frame.linkType = linkType;
    dropped = bytes.uint32(12);
    bytes.position += RECORD_HEADER + captured;
    rest = length - RECORD_HEADER - captured;
    return Next.PACKET;
  }

  @Override
  public long droppedByKernel() {
    return dropped;
  }
}
