package io.caracal.alert.syslog.internal;

import java.io.IOException;
import java.util.List;

/** A way to the receiver. One thread sends; any may close. */
interface Channel extends AutoCloseable {
  /**
   * Sends messages, as surely as the transport can tell.
   *
   * @throws IOException with a sentence for the operator
   */
  void send(List<byte[]> messages) throws IOException;

  @Override
  void close();
}
