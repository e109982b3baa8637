package io.caracal.export.ipfix.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/**
 * Where flows are sent.
 *
 * @param address host and port
 * @param tcp TCP instead of UDP
 */
record Collector(InetSocketAddress address, boolean tcp) {
  private static final String UDP = "ipfix";
  private static final String TCP = "ipfix+tcp";

  /** Understands {@code ipfix://HOST:PORT} and {@code ipfix+tcp://HOST:PORT}. */
  static Collector of(String destination) {
    try {
      URI uri = URI.create(destination);
      boolean tcp = TCP.equals(uri.getScheme());
      if ((tcp || UDP.equals(uri.getScheme())) && uri.getHost() != null && uri.getPort() > 0) {
        String host = uri.getHost().replaceAll("[\\[\\]]", ""); // of an IPv6 address
        return new Collector(new InetSocketAddress(host, uri.getPort()), tcp);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(destination), e);
    }
    throw new IllegalArgumentException(wrong(destination));
  }

  private static String wrong(String destination) {
    return destination
        + " names no collector; write ipfix://HOST:PORT for UDP or ipfix+tcp://HOST:PORT for TCP";
  }

  Transport connect() throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("there is no host " + address.getHostString());
    }
    try {
      return tcp
          ? new TcpTransport(SocketChannel.open(address))
          : new UdpTransport(DatagramChannel.open().connect(address));
    } catch (IOException e) {
      throw new IOException("no collector answers there (" + e.getMessage() + ")", e);
    }
  }
}
