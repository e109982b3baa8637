package io.caracal.capture.internal.file;

/**
 * Unpacks another source, which it owns; concatenated members or frames come out as one. One thread
 * at a time.
 */
interface Unpacker extends ByteSource {
  /** What is unpacked. */
  CaptureBytes packed();

  @Override
  default void await(long millis) throws InterruptedException {
    packed().await(millis);
  }

  @Override
  default void complete() {
    packed().complete();
  }

  @Override
  default double progress() {
    return packed().progress();
  }
}
