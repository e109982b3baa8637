package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import java.util.Optional;

/**
 * The classic format: both byte orders, micro- and nanoseconds, and Kuznetzov's modified records.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html">PCAP Capture File
 *     Format</a>
 */
final class PcapRecords implements CaptureRecords {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;
  private static final int MODIFIED = 0xa1b2cd34;
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int MODIFIED_RECORD_HEADER = 24;

  /** The upper bits of the link type tell of the frame check sequence. */
  private static final int LINK_TYPE = 0x03ff_ffff;

  private final CaptureBytes bytes;
  private final int recordHeader;
  private final long fractionNanos;
  private final int linkType;

  /** Reads the file header; {@code magic} is its first number, little-endian. */
  PcapRecords(CaptureBytes bytes, int magic) throws DamagedCapture {
    if (!bytes.has(FILE_HEADER)) {
      throw new DamagedCapture("ends inside its file header; capture it again");
    }
    boolean bigEndian = !isMagic(magic);
    int kind = bigEndian ? Integer.reverseBytes(magic) : magic;
    bytes.bigEndian(bigEndian);
    this.bytes = bytes;
    recordHeader = kind == MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER;
    fractionNanos = kind == NANOSECONDS ? 1 : 1000;
    linkType = bytes.int32(20) & LINK_TYPE;
    bytes.position += FILE_HEADER;
  }

  static boolean recognises(int magic) {
    return isMagic(magic) || isMagic(Integer.reverseBytes(magic));
  }

  private static boolean isMagic(int magic) {
    return magic == MICROSECONDS || magic == NANOSECONDS || magic == MODIFIED;
  }

  @Override
  public boolean next(Frame frame) throws DamagedCapture {
    if (!bytes.has(recordHeader)) {
      if (bytes.exhausted()) {
        return false;
      }
      throw new DamagedCapture("is cut off in the middle of a packet");
    }
    int captured = CaptureRecords.captured(bytes.uint32(8));
    if (!bytes.has(recordHeader + captured)) {
      throw new DamagedCapture("is cut off in the middle of a packet");
    }
    frame.segment = bytes.segment;
    frame.offset = bytes.position + recordHeader;
    frame.capturedLength = captured;
    frame.wireLength = CaptureRecords.wire(bytes.uint32(12), captured);
    frame.timeNanos = bytes.uint32(0) * 1_000_000_000L + bytes.uint32(4) * fractionNanos;
    frame.linkType = linkType;
    bytes.position += recordHeader + captured;
    return true;
  }

  @Override
  public Optional<String> remark() {
    return Optional.empty();
  }
}
