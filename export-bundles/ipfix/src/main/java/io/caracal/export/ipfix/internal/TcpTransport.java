package io.caracal.export.ipfix.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Messages one after the other in a TCP stream (RFC 7011, section 10.4). */
final class TcpTransport implements Transport {
  private static final int LONGEST = 16_384;

  private final SocketChannel channel;

  TcpTransport(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int longestMessage() {
    return LONGEST;
  }

  @Override
  public boolean losesMessages() {
    return false;
  }

  @Override
  public void send(ByteBuffer message) throws IOException {
    while (message.hasRemaining()) {
      channel.write(message);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
