package io.caracal.plugin.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where a running sensor listens. */
public final class ControlAddress {
  /** Name of the socket in the state folder. */
  public static final String NAME = "control.sock";

  /** Bytes that the kernel has room for, unix(7), less the one that ends them. */
  private static final int LONGEST = 107;

  private ControlAddress() {}

  /**
   * The address of a socket file.
   *
   * @throws IOException with a sentence if its path is too long for a socket
   */
  public static UnixDomainSocketAddress of(Path socket) throws IOException {
    int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw new IOException(
          "the path of the socket %s has %d bytes, but a socket may have %d; give the sensor a state folder with a shorter path by the setting state.dir"
              .formatted(socket, length, LONGEST));
    }
    return UnixDomainSocketAddress.of(socket);
  }
}
