package io.caracal.alert.syslog.internal;

import io.caracal.alert.syslog.internal.SyslogSettings.Receiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Makes connections. */
@FunctionalInterface
interface Connector {
  /**
   * Connects.
   *
   * @throws IOException with a sentence for the operator
   */
  Socket connect() throws IOException;

  /** Over TCP. */
  static Connector plain(Receiver receiver) {
    return () -> {
      InetSocketAddress address = new InetSocketAddress(receiver.host(), receiver.port());
      if (address.isUnresolved()) {
        throw new IOException("the syslog receiver " + receiver + " has no address");
      }
      Socket socket = new Socket();
      try {
        socket.setKeepAlive(true);
        socket.setTcpNoDelay(true); // what is written is whole; nothing gains by waiting
        socket.connect(address, (int) receiver.connect().toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        throw new IOException(
            "the syslog receiver " + receiver + " cannot be reached: " + e.getMessage(), e);
      }
    };
  }
}
