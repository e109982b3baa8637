package io.caracal.capture.internal.file;

import java.util.Arrays;
import java.util.Optional;

/** The classic format and its relatives, by magic number. */
enum PcapVariant {
  /** As libpcap writes it. */
  MICROSECONDS(0xa1b2c3d4, 24, 16, 1000),
  /** The same with nanoseconds. */
  NANOSECONDS(0xa1b23c4d, 24, 16, 1),
  /** Kuznetzov's patch: eight more bytes in the header of a record. */
  MODIFIED(0xa1b2cd34, 24, 24, 1000),
  /** Ixia's lcap, captured by hardware: the length of all records follows the file header. */
  LCAP_HARDWARE(0x1c0001ac, 28, 16, 1),
  /** Ixia's lcap, captured by software. */
  LCAP_SOFTWARE(0x1c0001ab, 28, 16, 1000);

  final int magic;

  /** Bytes of the header of the file. */
  final int fileHeader;

  /** Bytes of the header of a record. */
  final int recordHeader;

  /** The unit of the fractions of a second. */
  final long fractionNanos;

  PcapVariant(int magic, int fileHeader, int recordHeader, long fractionNanos) {
    this.magic = magic;
    this.fileHeader = fileHeader;
    this.recordHeader = recordHeader;
    this.fractionNanos = fractionNanos;
  }

  /** The variant of a magic number in either byte order. */
  static Optional<PcapVariant> of(int magic) {
    return Arrays.stream(values())
        .filter(known -> known.magic == magic || known.magic == Integer.reverseBytes(magic))
        .findFirst();
  }
}
