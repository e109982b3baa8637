package io.caracal.capture.internal.file;

import java.util.Optional;

/**
 * A format of captures.
 *
 * @param header bytes that must be there before its records can be read
 * @param reader reads it from the first byte on
 */
record CaptureFormat(int header, Reader reader) {
  /** Starts to read. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads the file header.
     *
     * @throws DamagedCapture if it is damaged or of a kind that is not read
     */
    CaptureRecords read(CaptureBytes bytes) throws DamagedCapture;
  }

  /**
   * Recognises a capture.
   *
   * @param magic its first four bytes, little-endian
   */
  static Optional<CaptureFormat> of(int magic) {
    return switch (magic) {
      case PcapngRecords.MAGIC ->
          Optional.of(new CaptureFormat(PcapngRecords.HEADER, PcapngRecords::new));
      case SnoopRecords.MAGIC ->
          Optional.of(new CaptureFormat(SnoopRecords.HEADER, SnoopRecords::of));
      default ->
          PcapVariant.of(magic)
              .map(
                  known ->
                      new CaptureFormat(known.fileHeader, bytes -> PcapRecords.of(known, bytes)));
    };
  }
}
