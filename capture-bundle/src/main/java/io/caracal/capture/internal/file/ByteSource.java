package io.caracal.capture.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of a capture come from: a file, a pipe, or another source that is unpacked. One
 * thread at a time.
 */
interface ByteSource extends AutoCloseable {
  /** Returned by {@link #read} when nothing will ever come again. */
  int END = -1;

  /** Milliseconds between two looks at something that does not wake its reader. */
  long LOOK_MILLIS = 10;

  /**
   * Gets some more.
   *
   * @param target a direct buffer with room
   * @return bytes put, 0 if none are there yet, or {@link #END}
   * @throws DamagedCapture if packed data are cut off or damaged; what could be unpacked before
   *     that has been put
   * @throws IOException with a whole sentence, if reading failed
   */
  int read(ByteBuffer target) throws DamagedCapture, IOException;

  /**
   * Passes over bytes that need not be read.
   *
   * @return how many were passed over, 0 if this cannot pass over any that way
   */
  default long skip(long bytes) {
    return 0;
  }

  /** Waits until more may be there, at most so long. */
  default void await(long millis) throws InterruptedException {
    Thread.sleep(Math.min(millis, LOOK_MILLIS));
  }

  /** The writer is done: from now on the end of what is there is the end. */
  default void complete() {}

  /** The part that has been read, 0 to 1, or a negative number where no end is known. */
  double progress();

  @Override
  void close();

  /** A reading error in one sentence. */
  static IOException failure(Object name, IOException cause) {
    return new IOException(
        "%s cannot be read further (%s); check the disk or the mount it is on"
            .formatted(name, cause.getMessage()),
        cause);
  }
}
