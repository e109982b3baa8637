package io.caracal.capture.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip, RFC 1952. The platform's own stream takes a damaged member header for the end of
 * the file, and would lose without a word what comes after it.
 */
final class GzipMembers implements Unpacker {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  /** Far more than a header with a name and a comment needs. */
  private static final int MAX_HEADER = 128 << 10;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final CaptureBytes packed;
  private boolean insideMember;

  GzipMembers(CaptureBytes packed) {
    this.packed = packed;
  }

  @Override
  public int read(ByteBuffer target) throws DamagedCapture, IOException {
    int start = target.position();
    while (target.position() == start) {
      if (!insideMember) {
        skipPadding();
        if (!packed.has(1)) {
          return packed.ended() ? END : 0;
        }
        if (!header()) {
          return 0;
        }
      }
      if (!inflater.finished() && !inflate(target)) {
        return 0;
      }
      if (inflater.finished() && !trailer()) {
        break;
      }
    }
    return target.position() - start;
  }

  /** False if nothing can be unpacked before more has come. */
  private boolean inflate(ByteBuffer target) throws DamagedCapture, IOException {
    boolean more = packed.has(1);
    long from = packed.position;
    int start = target.position();
    inflater.setInput(packed.unread());
    try {
      inflater.inflate(target);
    } catch (DataFormatException e) {
      throw DamagedCapture.unpacking(e);
    }
    packed.taken();
    int count = target.position() - start;
    checksum.update(target.slice(start, count));
    boolean stuck = count == 0 && packed.position == from && !inflater.finished();
    if (stuck && (more || packed.ended())) {
      throw DamagedCapture.packedDataCut();
    }
    return !stuck;
  }

  /** Members may be padded with zeros, as on tapes. */
  private void skipPadding() throws DamagedCapture, IOException {
    while (packed.has(1) && packed.uint8(0) == 0) {
      packed.position++;
    }
  }

  /** Passes over a member's header; false if not all of it is there yet. */
  private boolean header() throws DamagedCapture, IOException {
    if (!has(FIXED_HEADER)) {
      return false;
    }
    if (packed.uint16(0) != MAGIC || packed.uint8(2) != DEFLATE) {
      throw DamagedCapture.unpacking("this is no gzip member");
    }
    int flags = packed.uint8(3);
    int length = FIXED_HEADER;
    if ((flags & EXTRA) != 0) {
      if (!has(length + 2)) {
        return false;
      }
      length += 2 + packed.uint16(length);
    }
    for (int text = flags & (NAME | COMMENT); text != 0; text &= text - 1) {
      do {
        if (!has(length + 1)) {
          return false;
        }
        length++;
      } while (packed.uint8(length - 1) != 0);
    }
    length += flags & HEADER_CHECKSUM;
    if (!has(length)) {
      return false;
    }
    packed.position += length;
    inflater.reset();
    checksum.reset();
    insideMember = true;
    return true;
  }

  /** Checks a member's end; false if it is not there yet. */
  private boolean trailer() throws DamagedCapture, IOException {
    if (!has(TRAILER)) {
      return false;
    }
    boolean intact =
        packed.int32(0) == (int) checksum.getValue()
            && packed.int32(4) == (int) inflater.getBytesWritten();
    if (!intact) {
      throw DamagedCapture.unpacking("wrong checksum");
    }
    packed.position += TRAILER;
    insideMember = false;
    return true;
  }

  private boolean has(int bytes) throws DamagedCapture, IOException {
    if (bytes > MAX_HEADER) {
      throw DamagedCapture.unpacking("a member's header does not end");
    }
    if (packed.has(bytes)) {
      return true;
    }
    if (packed.ended()) {
      throw DamagedCapture.packedDataCut();
    }
    return false;
  }

  @Override
  public CaptureBytes packed() {
    return packed;
  }

  @Override
  public void close() {
    inflater.end();
    packed.close();
  }
}
