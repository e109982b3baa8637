package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import java.io.IOException;
import java.util.Map;

/**
 * The classic format and its {@linkplain PcapVariant variants}, in both byte orders.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html">PCAP Capture File
 *     Format</a>
 */
final class PcapRecords implements CaptureRecords {
  /** The upper bits of the link type tell of the frame check sequence. */
  private static final int LINK_TYPE = 0x03ff_ffff;

  private static final int VERSION_2_4 = 0x0002_0004;

  /** Written by DG/UX, with the lengths as before 2.3. */
  private static final int MAJOR_543 = 543;

  /** AIX writes version 2.2, nanoseconds, and these interface types of RFC 1573. */
  private static final int AIX_VERSION = 0x0002_0002;

  private static final Map<Integer, Integer> AIX_LINK_TYPES = Map.of(6, 1, 9, 6, 15, 10, 24, 0);

  private final CaptureBytes bytes;
  private final int recordHeader;
  private final long fractionNanos;
  private final int linkType;
  private final boolean lengthsInOrder;

  private PcapRecords(
      CaptureBytes bytes,
      int recordHeader,
      long fractionNanos,
      int linkType,
      boolean lengthsInOrder) {
    this.bytes = bytes;
    this.recordHeader = recordHeader;
    this.fractionNanos = fractionNanos;
    this.linkType = linkType;
    this.lengthsInOrder = lengthsInOrder;
  }

  /** Reads the file header, which is there. */
  static PcapRecords of(PcapVariant variant, CaptureBytes bytes) throws DamagedCapture {
    bytes.bigEndian(bytes.int32(0) != variant.magic);
    int major = bytes.uint16(4);
    int version = major << 16 | bytes.uint16(6);
    if (major < 2) {
      throw new DamagedCapture(
          "is a pcap capture of version %d.%d, which is not read; versions from 2.0 on are"
              .formatted(major, version & 0xffff));
    }
    int linkType = bytes.int32(20) & LINK_TYPE;
    boolean aix = version == AIX_VERSION && AIX_LINK_TYPES.containsKey(linkType);
    bytes.position += variant.fileHeader;
    return new PcapRecords(
        bytes,
        variant.recordHeader,
        aix ? 1 : variant.fractionNanos,
        aix ? AIX_LINK_TYPES.get(linkType) : linkType,
        version >= VERSION_2_4 && major != MAJOR_543);
  }

  @Override
  public Next next(Frame frame) throws DamagedCapture, IOException {
    if (!bytes.has(recordHeader)) {
      return bytes.shortage("packet");
    }
    long stored = bytes.uint32(8);
    long wire = bytes.uint32(12);
    if (!lengthsInOrder) {
      // Before 2.3 the length on the wire came first, and some writers of 2.3 did not notice.
      long longer = Math.max(stored, wire);
      stored = Math.min(stored, wire);
      wire = longer;
    }
    int captured = CaptureRecords.captured(stored);
    if (!bytes.has(recordHeader + captured)) {
      return bytes.cut("packet");
    }
    frame.segment = bytes.segment;
    frame.offset = bytes.position + recordHeader;
    frame.capturedLength = captured;
    frame.wireLength = CaptureRecords.wire(wire, captured);
    frame.timeNanos = bytes.uint32(0) * 1_000_000_000L + bytes.uint32(4) * fractionNanos;
    frame.linkType = linkType;
    bytes.position += recordHeader + captured;
    return Next.PACKET;
  }
}
