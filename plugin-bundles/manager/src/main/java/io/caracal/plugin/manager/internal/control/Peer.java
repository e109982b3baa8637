package io.caracal.plugin.manager.internal.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/**
 * Who is at the other end of a Unix domain socket, as the kernel says (SO_PEERCRED, unix(7)).
 *
 * @param user the name, or the number of one that has none
 */
record Peer(String user) {
  private static final String ROOT = "root";

  /** The peer of a connection. */
  static Peer of(SocketChannel connection) throws IOException {
    return new Peer(connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
  }

  /** Whether it may command the sensor that owns a file: the sensor's own user may, and root. */
  boolean mayCommand(Path owned) throws IOException {
    return user.equals(ROOT) || user.equals(Files.getOwner(owned).getName());
  }
}
