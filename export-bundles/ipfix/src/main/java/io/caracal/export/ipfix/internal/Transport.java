package io.caracal.export.ipfix.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The way to a collector. One thread. */
interface Transport extends AutoCloseable {
  /** Longest message, in bytes. */
  int longestMessage();

  /** Whether messages may get lost, so that templates have to be sent again and again. */
  boolean losesMessages();

  /** Sends a whole message. */
  void send(ByteBuffer message) throws IOException;

  @Override
  void close() throws IOException;
}
