package io.caracal.capture.internal.file;

import io.caracal.api.packet.Frame;
import java.io.IOException;
import java.util.Optional;

/** The packets of a capture, one after the other. One thread at a time. */
interface CaptureRecords {
  /** No link layer has longer frames; a record that says so is damaged. */
  int MAX_FRAME = 16 << 20;

  /** What became of reading the next packet. */
  enum Next {
    /** The frame holds it. */
    PACKET,
    /** It is not or not wholly there yet; ask again when more has come. */
    LATER,
    /** There are no more. */
    END
  }

  /**
   * Reads the next packet.
   *
   * @param frame refilled; its bytes are valid until the next call
   * @throws DamagedCapture if the record is cut off or impossible
   * @throws IOException if reading failed
   */
  Next next(Frame frame) throws DamagedCapture, IOException;

  /** What an operator should know at the end; completes the sentence "FILE ...". */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** Frames that the capturing kernel dropped, as far as the capture says so. */
  default long droppedByKernel() {
    return 0;
  }

  /** Frames that the captured interfaces dropped, as far as the capture says so. */
  default long droppedByInterface() {
    return 0;
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
