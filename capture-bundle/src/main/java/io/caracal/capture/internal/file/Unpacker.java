package io.caracal.capture.internal.file;

import java.nio.ByteBuffer;

/** Unpacks a mapped file; concatenated members or frames come out as one. One thread at a time. */
interface Unpacker extends AutoCloseable {
  /** Returned by {@link #unpack} when everything has been unpacked. */
  int END = -1;

  /**
   * Unpacks some more.
   *
   * @param target a direct buffer with room
   * @return bytes put, at least 1, or {@link #END}
   * @throws DamagedCapture if the packed data are cut off or damaged
   */
  int unpack(ByteBuffer target) throws DamagedCapture;

  /** Bytes of the packed file that have been used. */
  long consumed();

  @Override
  void close();
}
