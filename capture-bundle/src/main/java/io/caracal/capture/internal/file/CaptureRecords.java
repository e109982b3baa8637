package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import java.util.Optional;

/** The packets of a capture, one after the other. One thread at a time. */
interface CaptureRecords {
  /** No link layer has longer frames; a record that says so is damaged. */
  int MAX_FRAME = 16 << 20;

  /**
   * Reads the next packet.
   *
   * @param frame refilled; its bytes are valid until the next call
   * @return false at the end of the capture
   * @throws DamagedCapture if the record is cut off or impossible
   */
  boolean next(Frame frame) throws DamagedCapture;

  /** What an operator should know at the end; completes the sentence "FILE ...". */
  Optional<String> remark();

  /**
   * Opens a capture by its magic number.
   *
   * @throws DamagedCapture if this is no capture
   */
  static CaptureRecords of(CaptureBytes bytes) throws DamagedCapture {
    if (bytes.has(4)) {
      int magic = bytes.int32(0);
      if (PcapngRecords.recognises(magic)) {
        return new PcapngRecords(bytes);
      }
      if (PcapRecords.recognises(magic)) {
        return new PcapRecords(bytes, magic);
      }
    }
    throw new DamagedCapture(
        "is not a pcap or pcapng capture; convert it with editcap -F pcap, or name another file");
  }

  /**
   * Checks the length of a frame.
   *
   * @throws DamagedCapture if it is impossible
   */
  static int captured(long length) throws DamagedCapture {
    if (length > MAX_FRAME) {
      throw new DamagedCapture("holds a packet of impossible length (" + length + " bytes)");
    }
    return (int) length;
  }

  /** Length on the wire, which no writer can know to be less than what was captured. */
  static int wire(long length, int captured) {
    return Math.clamp(length, captured, Integer.MAX_VALUE);
  }
}
