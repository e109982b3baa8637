package io.caracal.export.ipfix.internal;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A message per datagram (RFC 7011, section 10.3). Nothing slows a sender of datagrams down, so
 * this one sends at a bounded pace: a collector's buffer holds but a few hundred messages.
 */
final class UdpTransport implements Transport {
  /** Fits the smallest MTU of IPv6, 1280 bytes, with the headers of IPv6 and UDP. */
  private static final int LONGEST = 1232;

  private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(1) / 5000;

  private final DatagramChannel channel;
  private long next = System.nanoTime();

  UdpTransport(DatagramChannel channel) {
    this.channel = channel;
  }

  @Override
  public int longestMessage() {
    return LONGEST;
  }

  @Override
  public boolean losesMessages() {
    return true;
  }

  @Override
  public void send(ByteBuffer message) throws IOException {
    for (long early = next - System.nanoTime(); early > 0; early = next - System.nanoTime()) {
      LockSupport.parkNanos(early);
    }
    next = System.nanoTime() + PACE_NANOS;
    try {
      channel.write(message);
    } catch (PortUnreachableException e) {
      throw new IOException("no collector listens there", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
