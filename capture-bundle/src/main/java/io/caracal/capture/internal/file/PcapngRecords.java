package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The block format: any number of sections, each with its byte order and its interfaces. Blocks
 * that hold no packets are passed over.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html">PCAP Next
 *     Generation Capture File Format</a>
 */
final class PcapngRecords implements CaptureRecords {
  private static final int SECTION = 0x0a0d0d0a;
  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER = 0x1a2b3c4d;

  private static final int OPTION_END = 0;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;
  private static final int MICROSECONDS = 6;

  private static final int MAX_INTERFACES = 65_536;
  private static final int MAX_INTERFACE_BLOCK = 1 << 20;

  /** Block type, length, and the length again at the end. */
  private static final int FRAMING = 12;

  private final CaptureBytes bytes;
  private final List<PcapngInterface> interfaces = new ArrayList<>();

  /** What is left of the block whose packet was handed over last. */
  private long rest;

  private long lastNanos;
  private long withoutTime;

  /** Reads the first section's header. */
  PcapngRecords(CaptureBytes bytes) throws DamagedCapture {
    this.bytes = bytes;
    section();
  }

  static boolean recognises(int magic) {
    return magic == SECTION;
  }

  @Override
  public boolean next(Frame frame) throws DamagedCapture {
    skip(rest);
    rest = 0;
    while (!bytes.exhausted()) {
      need(8);
      int type = bytes.int32(0);
      if (type == SECTION) {
        section();
        continue;
      }
      long length = length();
      switch (type) {
        case ENHANCED_PACKET -> {
          enhancedPacket(frame, length);
          return true;
        }
        case SIMPLE_PACKET -> {
          simplePacket(frame, length);
          return true;
        }
        case OLD_PACKET -> {
          oldPacket(frame, length);
          return true;
        }
        case INTERFACE -> interfaceDescription(length);
        default -> skip(length);
      }
    }
    return false;
  }

  private void section() throws DamagedCapture {
    need(28);
    bytes.bigEndian(false);
    if (bytes.int32(8) != BYTE_ORDER) {
      bytes.bigEndian(true);
      if (bytes.int32(8) != BYTE_ORDER) {
        throw new DamagedCapture("holds a section of unknown byte order");
      }
    }
    int version = bytes.uint16(12);
    if (version != 1) {
      throw new DamagedCapture("holds a section of pcapng version " + version + ", not 1");
    }
    interfaces.clear();
    skip(atLeast(28, length()));
  }

  private void interfaceDescription(long length) throws DamagedCapture {
    atLeast(FRAMING + 8, length);
    if (interfaces.size() == MAX_INTERFACES || length > MAX_INTERFACE_BLOCK) {
      throw new DamagedCapture("describes impossibly many interfaces, or one at impossible length");
    }
    need(length);
    int resolution = MICROSECONDS;
    long offset = 0;
    long end = length - 4;
    for (long at = 16; at + 4 <= end; ) {
      int code = bytes.uint16(at);
      int size = bytes.uint16(at + 2);
      at += 4;
      if (code == OPTION_END || at + size > end) {
        break;
      }
      if (code == OPTION_RESOLUTION && size == 1) {
        resolution = bytes.uint8(at);
      } else if (code == OPTION_OFFSET && size == 8) {
        offset = bytes.int64(at);
      }
      at += (size + 3) & ~3;
    }
    interfaces.add(PcapngInterface.of(bytes.uint16(8), bytes.uint32(12), resolution, offset));
    bytes.position += length;
  }

  private void enhancedPacket(Frame frame, long length) throws DamagedCapture {
    need(atLeast(FRAMING + 20, length) - length + 28);
    PcapngInterface from = from(bytes.uint32(8));
    frame.timeNanos = from.nanos(bytes.uint32(12) << 32 | bytes.uint32(16));
    deliver(frame, from, 28, bytes.uint32(20), bytes.uint32(24), length);
  }

  private void oldPacket(Frame frame, long length) throws DamagedCapture {
    need(atLeast(FRAMING + 20, length) - length + 28);
    PcapngInterface from = from(bytes.uint16(8));
    frame.timeNanos = from.nanos(bytes.uint32(12) << 32 | bytes.uint32(16));
    deliver(frame, from, 28, bytes.uint32(20), bytes.uint32(24), length);
  }

  /** A simple packet has no time and no captured length of its own. */
  private void simplePacket(Frame frame, long length) throws DamagedCapture {
    need(atLeast(FRAMING + 4, length) - length + 12);
    PcapngInterface from = from(0);
    long wire = bytes.uint32(8);
    long kept = from.snapshotLength() == 0 ? wire : Math.min(wire, from.snapshotLength());
    frame.timeNanos = lastNanos;
    withoutTime++;
    deliver(frame, from, 12, Math.min(kept, length - 16), wire, length);
  }

  private void deliver(
      Frame frame, PcapngInterface from, int header, long kept, long wire, long length)
      throws DamagedCapture {
    int captured = CaptureRecords.captured(kept);
    if (header + captured > length - 4) {
      throw new DamagedCapture("holds a packet that is longer than its block");
    }
    need(header + captured);
    frame.segment = bytes.segment;
    frame.offset = bytes.position + header;
    frame.capturedLength = captured;
    frame.wireLength = CaptureRecords.wire(wire, captured);
    frame.linkType = from.linkType();
    lastNanos = frame.timeNanos;
    bytes.position += header + captured;
    rest = length - header - captured;
  }

  private PcapngInterface from(long index) throws DamagedCapture {
    if (index >= interfaces.size()) {
      throw new DamagedCapture("holds a packet of an interface that it does not describe");
    }
    return interfaces.get((int) index);
  }

  private long length() throws DamagedCapture {
    long length = bytes.uint32(4);
    if (length < FRAMING || (length & 3) != 0) {
      throw new DamagedCapture("holds a block of impossible length (" + length + " bytes)");
    }
    return length;
  }

  private static long atLeast(int least, long length) throws DamagedCapture {
    if (length < least) {
      throw new DamagedCapture("holds a block of impossible length (" + length + " bytes)");
    }
    return length;
  }

  private void need(long count) throws DamagedCapture {
    if (!bytes.has(count)) {
      throw new DamagedCapture("is cut off in the middle of a block");
    }
  }

  private void skip(long count) throws DamagedCapture {
    if (!bytes.skip(count)) {
      throw new DamagedCapture("is cut off in the middle of a block");
    }
  }

  @Override
  public Optional<String> remark() {
    return withoutTime == 0
        ? Optional.empty()
        : Optional.of("holds packets without a time (" + withoutTime + "), which got the last one");
  }
}
