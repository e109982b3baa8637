package io.caracal.capture.internal.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip, RFC 1952. The platform's own stream takes a damaged member header for the end of
 * the file, and would lose without a word what comes after it.
 */
final class GzipMembers implements Unpacker {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final long PIECE = 1 << 20;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final MemorySegment packed;
  private long position;
  private boolean insideMember;

  GzipMembers(MemorySegment packed) {
    this.packed = packed;
  }

  @Override
  public int unpack(ByteBuffer target) throws DamagedCapture {
    int start = target.position();
    while (target.position() == start) {
      if (!insideMember) {
        skipPadding();
        if (position == packed.byteSize()) {
          return END;
        }
        header();
      }
      inflate(target);
      if (inflater.finished()) {
        trailer();
      }
    }
    return target.position() - start;
  }

  private void inflate(ByteBuffer target) throws DamagedCapture {
    long left = packed.byteSize() - position;
    ByteBuffer source = packed.asSlice(position, Math.min(PIECE, left)).asByteBuffer();
    inflater.setInput(source);
    int start = target.position();
    try {
      inflater.inflate(target);
    } catch (DataFormatException e) {
      throw DamagedCapture.unpacking(e);
    }
    position += source.position();
    int count = target.position() - start;
    checksum.update(target.slice(start, count));
    if (count == 0 && !inflater.finished() && (left == 0 || source.position() == 0)) {
      throw DamagedCapture.packedDataCut();
    }
  }

  /** Members may be padded with zeros, as on tapes. */
  private void skipPadding() {
    while (position < packed.byteSize() && packed.get(ValueLayout.JAVA_BYTE, position) == 0) {
      position++;
    }
  }

  private void header() throws DamagedCapture {
    need(FIXED_HEADER);
    if ((packed.get(SHORT, position) & 0xffff) != MAGIC || uint8(position + 2) != DEFLATE) {
      throw DamagedCapture.unpacking("this is no gzip member");
    }
    int flags = uint8(position + 3);
    position += FIXED_HEADER;
    if ((flags & EXTRA) != 0) {
      need(2);
      position += 2 + (packed.get(SHORT, position) & 0xffff);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    position += flags & HEADER_CHECKSUM;
    need(0);
    inflater.reset();
    checksum.reset();
    insideMember = true;
  }

  private void skipText() throws DamagedCapture {
    do {
      need(1);
      position++;
    } while (uint8(position - 1) != 0);
  }

  private void trailer() throws DamagedCapture {
    need(TRAILER);
    boolean intact =
        packed.get(INT, position) == (int) checksum.getValue()
            && packed.get(INT, position + 4) == (int) inflater.getBytesWritten();
    if (!intact) {
      throw DamagedCapture.unpacking("wrong checksum");
    }
    position += TRAILER;
    insideMember = false;
  }

  private void need(long bytes) throws DamagedCapture {
    if (packed.byteSize() - position < bytes) {
      position = packed.byteSize();
      throw DamagedCapture.packedDataCut();
    }
  }

  private int uint8(long at) {
    return packed.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  @Override
  public long consumed() {
    return position;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
