package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import io.caracal.capture.internal.file.CaptureRecords.Next;
import java.io.IOException;
import java.util.Optional;

/**
 * A capture from its first byte on. How it is packed and which format it has is told by its magic
 * numbers, as soon as they are there.
 */
final class Capture implements AutoCloseable {
  private static final int MAGIC = 4;

  private CaptureBytes bytes;
  private boolean packed;
  private boolean begun;
  private CaptureRecords records = this::first;

  Capture(ByteSource source) {
    bytes = new CaptureBytes(source);
  }

  /**
   * Recognises the capture.
   *
   * @return false if its header is not there yet
   * @throws DamagedCapture if this is no capture that can be read
   * @throws IOException if reading failed
   */
  boolean begin() throws DamagedCapture, IOException {
    if (!bytes.has(MAGIC)) {
      return headerMissing(
          bytes.empty() ? "is empty; name a capture that holds packets" : unknown().getMessage());
    }
    int magic = bytes.int32(0);
    Compression compression = Compression.of(magic);
    if (compression != Compression.NONE && !packed) {
      bytes = new CaptureBytes(compression.unpacker(bytes));
      packed = true;
      return begin();
    }
    CaptureFormat format = CaptureFormat.of(magic).orElseThrow(Capture::unknown);
    if (!bytes.has(format.header())) {
      return headerMissing("ends inside its file header; capture it again");
    }
    records = format.reader().read(bytes);
    begun = true;
    return true;
  }

  /** Whether this has turned out to be a capture. */
  boolean begun() {
    return begun;
  }

  private boolean headerMissing(String reason) throws DamagedCapture {
    if (bytes.ended()) {
      throw new DamagedCapture(reason);
    }
    return false;
  }

  private static DamagedCapture unknown() {
    return new DamagedCapture(
        "is not a pcap, pcapng or snoop capture; convert it with editcap -F pcap, or name another"
            + " file");
  }

  private Next first(Frame frame) throws DamagedCapture, IOException {
    return begin() ? records.next(frame) : Next.LATER;
  }

  /** Reads the next packet, see {@link CaptureRecords#next}. */
  Next next(Frame frame) throws DamagedCapture, IOException {
    return records.next(frame);
  }

  Optional<String> remark() {
    return records.remark();
  }

  long droppedByKernel() {
    return records.droppedByKernel();
  }

  long droppedByInterface() {
    return records.droppedByInterface();
  }

  /** Where the next unread byte is, in words. */
  String place() {
    return (packed ? "unpacked byte " : "byte ") + bytes.offset();
  }

  void await(long millis) throws InterruptedException {
    bytes.await(millis);
  }

  void complete() {
    bytes.complete();
  }

  double progress() {
    return bytes.progress();
  }

  @Override
  public void close() {
    bytes.close();
  }
}
