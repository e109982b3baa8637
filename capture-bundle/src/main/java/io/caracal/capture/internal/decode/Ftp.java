package io.caracal.capture.internal.decode;

import io.caracal.api.packet.PacketHeaders;

/** The reply code that a server's packet on an FTP control connection begins with, RFC 959. */
final class Ftp {
  static final int PORT = 21;

  private static final int CODE_LENGTH = 3;

  private Ftp() {}

  /**
   * Reads the code, if there is one.
   *
   * @param start offset of the payload from the reader's position
   * @param end offset of the first byte that was not captured or is not the payload's
   */
  static void peek(FrameReader reader, int start, int end, PacketHeaders into) {
    if (end - start <= CODE_LENGTH) {
      return;
    }
    int first = reader.uint8(start) - '0';
    int second = reader.uint8(start + 1) - '0';
    int third = reader.uint8(start + 2) - '0';
    int separator = reader.uint8(start + CODE_LENGTH);
    // Section 4.2; replies that begin with 6 are the protected ones of RFC 2228.
    boolean code = within(first, 1, 6) && within(second, 0, 5) && within(third, 0, 9);
    if (code && (separator == ' ' || separator == '-')) {
      into.ftpReplyCode = 100 * first + 10 * second + third;
    }
  }

  private static boolean within(int value, int least, int most) {
    return value >= least && value <= most;
  }
}
