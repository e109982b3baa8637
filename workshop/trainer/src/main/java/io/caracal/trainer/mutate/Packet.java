package io.caracal.trainer.mutate;

/** A packet of a capture. Its bytes may be fewer than it had on the wire. */
final class Packet {
  long timeNanos;
  byte[] bytes;
  int wireLength;

  Packet(long timeNanos, byte[] bytes, int wireLength) {
    this.timeNanos = timeNanos;
    this.bytes = bytes;
    this.wireLength = wireLength;
  }
}
