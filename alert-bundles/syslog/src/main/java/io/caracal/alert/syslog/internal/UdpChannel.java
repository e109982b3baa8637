package io.caracal.alert.syslog.internal;

import io.caracal.alert.syslog.internal.SyslogSettings.Receiver;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.List;

/** One datagram for each message (RFC 5426): what is lost on the way, nobody learns. */
final class UdpChannel implements Channel {
  private final Receiver receiver;
  private final DatagramSocket socket;

  UdpChannel(Receiver receiver) throws IOException {
    this.receiver = receiver;
    this.socket = new DatagramSocket();
  }

  @Override
  public void send(List<byte[]> messages) throws IOException {
    try {
      if (!socket.isConnected()) { // so that the refusal of a receiver is told to us
        socket.connect(new InetSocketAddress(receiver.host(), receiver.port()));
      }
      for (byte[] message : messages) {
        socket.send(new DatagramPacket(message, message.length));
      }
    } catch (PortUnreachableException e) {
      throw new IOException("no syslog receiver listens on UDP " + receiver + "; start it", e);
    } catch (IOException e) {
      socket.disconnect();
      throw new IOException(
          "the syslog receiver " + receiver + " does not take datagrams: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
