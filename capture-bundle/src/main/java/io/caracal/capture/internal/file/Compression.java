package io.caracal.capture.internal.file;

import java.util.Locale;

/** How a file is packed, by its first four bytes rather than by its name. */
enum Compression {
  /** Not at all, or in a way that is not known. */
  NONE,
  GZIP,
  ZSTD,
  XZ,
  BZIP2,
  LZ4,
  ZIP;

  /** The frame of metadata that parallel zstd packers put first: 16 magic numbers. */
  private static final int ZSTD_SKIPPABLE = 0x184d2a50;

  /**
   * Recognises a file.
   *
   * @param magic its first four bytes, little-endian
   */
  static Compression of(int magic) {
    if ((magic & 0xffff) == 0x8b1f) {
      return GZIP;
    }
    if (magic == 0xfd2fb528 || (magic & 0xffff_fff0) == ZSTD_SKIPPABLE) {
      return ZSTD;
    }
    if (magic == 0x587a37fd) {
      return XZ;
    }
    if ((magic & 0xff_ffff) == 0x685a42) {
      return BZIP2;
    }
    if (magic == 0x184d2204) {
      return LZ4;
    }
    return magic == 0x04034b50 ? ZIP : NONE;
  }

  /**
   * Starts to unpack, from the first byte.
   *
   * @throws DamagedCapture if this packing is not supported
   */
  Unpacker unpacker(CaptureBytes packed) throws DamagedCapture {
    return switch (this) {
      case GZIP -> new GzipMembers(packed);
      case ZSTD -> new ZstdFrames(packed);
      default ->
          throw new DamagedCapture(
              "is packed by "
                  + name().toLowerCase(Locale.ROOT)
                  + "; unpack it first, or pack it by gzip or zstd");
    };
  }
}
