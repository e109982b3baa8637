package io.caracal.capture.internal.file;

/** The capture cannot be read further. The message completes the sentence "FILE ...". */
final class DamagedCapture extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedCapture(String predicate) {
    super(predicate);
  }

  private DamagedCapture(String predicate, Throwable cause) {
    super(predicate, cause);
  }

  static DamagedCapture packedDataCut() {
    return new DamagedCapture("is cut off in the middle of its compressed data");
  }

  static DamagedCapture unpacking(Exception cause) {
    return new DamagedCapture("holds damaged compressed data (" + cause.getMessage() + ")", cause);
  }

  static DamagedCapture unpacking(String reason) {
    return new DamagedCapture("holds damaged compressed data (" + reason + ")");
  }
}
