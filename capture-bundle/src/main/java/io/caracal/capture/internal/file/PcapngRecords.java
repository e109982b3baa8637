package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The block format: any number of sections, each with its byte order and its interfaces. Blocks
 * that hold neither packets nor counts of dropped ones are passed over. A damaged block ends the
 * capture: nothing marks where the next one starts, and what looks like a block may as well be a
 * packet's payload.
 *
 * @see <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html">PCAP Next
 *     Generation Capture File Format</a>
 */
final class PcapngRecords implements CaptureRecords {
  /** Type of a section header block, the same in both byte orders. */
  static final int MAGIC = 0x0a0d0d0a;

  /** A section header block without options. */
  static final int HEADER = 28;

  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER = 0x1a2b3c4d;

  private static final int MICROSECONDS = 6;
  private static final int MAX_INTERFACES = 65_536;

  /** The longest block that is looked into as a whole. */
  private static final int MAX_WHOLE_BLOCK = 1 << 20;

  /** Block type, length, and the length again at the end. */
  private static final int FRAMING = 12;

  /** Header of a block that holds a packet with a time. */
  private static final int PACKET_HEADER = 28;

  private static final int SIMPLE_PACKET_HEADER = 12;
  private static final int DROPS_UNKNOWN = 0xffff;
  private static final int NO_PACKET = -1;
  private static final String BLOCK = "block";

  private final CaptureBytes bytes;
  private final PcapngOptions options;
  private final PcapngDrops drops = new PcapngDrops();
  private final List<PcapngInterface> interfaces = new ArrayList<>();

  /** What is left of the block that was read last. */
  private long rest;

  /** The interface of the packet in that block, if it has options to look at. */
  private int optionsOf = NO_PACKET;

  /** Bytes between the packet and its options. */
  private int padding;

  private long lastNanos;
  private long withoutTime;

  /** The first section's header is a block like any other. */
  PcapngRecords(CaptureBytes bytes) {
    this.bytes = bytes;
    options = new PcapngOptions(bytes);
  }

  @Override
  public Next next(Frame frame) throws DamagedCapture, IOException {
    while (finishBlock()) {
      if (!bytes.has(8)) {
        return bytes.shortage(BLOCK);
      }
      int type = bytes.int32(0);
      long length = type == MAGIC ? HEADER : length();
      boolean there =
          switch (type) {
            case ENHANCED_PACKET, OLD_PACKET -> packet(frame, length, type == OLD_PACKET);
            case SIMPLE_PACKET -> simplePacket(frame, length);
            case INTERFACE -> interfaceDescription(length);
            case STATISTICS -> statistics(length);
            case MAGIC -> section();
            default -> passOver(length);
          };
      if (!there) {
        return bytes.cut(BLOCK);
      }
      if (type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OLD_PACKET) {
        return Next.PACKET;
      }
    }
    return bytes.cut(BLOCK);
  }

  /** Passes over what is left of a block, after a look at the options of its packet. */
  private boolean finishBlock() throws DamagedCapture, IOException {
    if (optionsOf != NO_PACKET) {
      if (!bytes.has(rest)) {
        return false;
      }
      long count = options.count(padding, rest - 4, PcapngOptions.DROPPED_BEFORE_PACKET);
      drops.beforePacket(optionsOf, Math.max(0, count));
      optionsOf = NO_PACKET;
    }
    rest = bytes.skip(rest);
    return rest == 0;
  }

  private boolean passOver(long length) {
    rest = length;
    return true;
  }

  private boolean section() throws DamagedCapture, IOException {
    if (!bytes.has(HEADER)) {
      return false;
    }
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
    drops.startSection();
    return passOver(atLeast(HEADER, length()));
  }

  private boolean interfaceDescription(long length) throws DamagedCapture, IOException {
    atLeast(FRAMING + 8, length);
    if (interfaces.size() == MAX_INTERFACES || length > MAX_WHOLE_BLOCK) {
      throw new DamagedCapture("describes impossibly many interfaces, or one at impossible length");
    }
    if (!bytes.has(length)) {
      return false;
    }
    long resolution = options.find(16, length - 4, PcapngOptions.RESOLUTION, 1);
    long offset = options.find(16, length - 4, PcapngOptions.TIME_OFFSET, 8);
    interfaces.add(
        PcapngInterface.of(
            bytes.uint16(8),
            bytes.uint32(12),
            resolution == PcapngOptions.NONE ? MICROSECONDS : bytes.uint8(resolution),
            offset == PcapngOptions.NONE ? 0 : bytes.int64(offset)));
    drops.addInterface();
    return passOver(length);
  }

  private boolean statistics(long length) throws DamagedCapture, IOException {
    if (length >= FRAMING + 12 && length <= MAX_WHOLE_BLOCK) {
      if (!bytes.has(length)) {
        return false;
      }
      long index = bytes.uint32(8);
      if (index < interfaces.size()) {
        drops.state(
            (int) index,
            options.count(20, length - 4, PcapngOptions.DROPPED_BY_KERNEL),
            options.count(20, length - 4, PcapngOptions.DROPPED_BY_INTERFACE));
      }
    }
    return passOver(length);
  }

  private boolean packet(Frame frame, long length, boolean old) throws DamagedCapture, IOException {
    atLeast(PACKET_HEADER + 4, length);
    if (!bytes.has(PACKET_HEADER)) {
      return false;
    }
    int index = index(old ? bytes.uint16(8) : bytes.uint32(8));
    int dropped = old ? bytes.uint16(10) : 0;
    frame.timeNanos = interfaces.get(index).nanos(bytes.uint32(12) << 32 | bytes.uint32(16));
    if (!deliver(frame, index, PACKET_HEADER, bytes.uint32(20), bytes.uint32(24), length)) {
      return false;
    }
    if (dropped != 0 && dropped != DROPS_UNKNOWN) {
      drops.beforePacket(index, dropped);
    }
    padding = -frame.capturedLength & 3;
    boolean hasOptions = !old && rest > padding + 4 && rest <= MAX_WHOLE_BLOCK;
    optionsOf = hasOptions ? index : NO_PACKET;
    return true;
  }

  /** A simple packet has no time and no captured length of its own. */
  private boolean simplePacket(Frame frame, long length) throws DamagedCapture, IOException {
    atLeast(SIMPLE_PACKET_HEADER + 4, length);
    if (!bytes.has(SIMPLE_PACKET_HEADER)) {
      return false;
    }
    long wire = bytes.uint32(8);
    long most = interfaces.get(index(0)).snapshotLength();
    long kept = Math.min(most == 0 ? wire : Math.min(wire, most), length - 16);
    frame.timeNanos = lastNanos;
    if (!deliver(frame, 0, SIMPLE_PACKET_HEADER, kept, wire, length)) {
      return false;
    }
    withoutTime++;
    return true;
  }

  private boolean deliver(Frame frame, int index, int header, long kept, long wire, long length)
      throws DamagedCapture, IOException {
    int captured = CaptureRecords.captured(kept);
    if (header + captured > length - 4) {
      throw new DamagedCapture("holds a packet that is longer than its block");
    }
    if (!bytes.has(header + captured)) {
      return false;
    }
    frame.segment = bytes.segment;
    frame.offset = bytes.position + header;
    frame.capturedLength = captured;
    frame.wireLength = CaptureRecords.wire(wire, captured);
    frame.linkType = interfaces.get(index).linkType();
    lastNanos = frame.timeNanos;
    bytes.position += header + captured;
    rest = length - header - captured;
    return true;
  }

  private int index(long of) throws DamagedCapture {
    if (of >= interfaces.size()) {
      throw new DamagedCapture("holds a packet of an interface that it does not describe");
    }
    return (int) of;
  }

  private long length() throws DamagedCapture {
    long length = bytes.uint32(4);
    if ((length & 3) != 0) {
      throw impossible(length);
    }
    return atLeast(FRAMING, length);
  }

  private static long atLeast(int least, long length) throws DamagedCapture {
    if (length < least) {
      throw impossible(length);
    }
    return length;
  }

  private static DamagedCapture impossible(long length) {
    return new DamagedCapture("holds a block of impossible length (" + length + " bytes)");
  }

  @Override
  public Optional<String> remark() {
    return withoutTime == 0
        ? Optional.empty()
        : Optional.of("holds packets without a time (" + withoutTime + "), which got the last one");
  }

  @Override
  public long droppedByKernel() {
    return drops.byKernel();
  }

  @Override
  public long droppedByInterface() {
    return drops.byInterface();
  }
}
