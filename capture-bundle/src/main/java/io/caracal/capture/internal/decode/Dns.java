package io.caracal.capture.internal.decode;

import io.caracal.api.packet.PacketHeaders;

/**
 * The question of a DNS message, the code and the life time of its answer, RFC 1035. Names are
 * passed over, never followed: a compression pointer ends one.
 */
final class Dns {
  static final int PORT = 53;

  private static final int HEADER_LENGTH = 12;
  private static final int ANSWER = 0x8000;
  private static final int RESPONSE_CODE = 0x000f;

  /** Type and class of a question; with time to live and length, the fixed part of a record. */
  private static final int QUESTION_FIXED = 4, RECORD_FIXED = 10;

  private static final long ADDRESS_IN_INTERNET = 0x0001_0001L;

  /** Section 2.3.4; a byte of length stands before each label. */
  private static final int MAX_NAME = 255;

  /** Aliases stand before the address they lead to. */
  private static final int MAX_RECORDS = 16;

  private static final int POINTER = 0xc0;
  private static final int NONE = -1;

  private Dns() {}

  /**
   * Reads what can be read of a message.
   *
   * @param start offset of the message from the reader's position
   * @param end offset of the first byte that was not captured or is not the message's
   */
  static void peek(FrameReader reader, int start, int end, PacketHeaders into) {
    // A message has exactly one question (RFC 9619).
    if (end - start < HEADER_LENGTH || reader.uint16(start + 4) != 1) {
      return;
    }
    int question = afterName(reader, start + HEADER_LENGTH, end);
    if (question == NONE || end - question < QUESTION_FIXED) {
      return;
    }
    into.dnsQueryId = reader.uint16(start);
    into.dnsQueryType = reader.uint16(question);
    int flags = reader.uint16(start + 2);
    if ((flags & ANSWER) != 0) {
      into.dnsResponseCode = flags & RESPONSE_CODE;
      int records = Math.min(reader.uint16(start + 6), MAX_RECORDS);
      into.dnsAnswerTtl = timeToLive(reader, question + QUESTION_FIXED, end, records);
    }
  }

  private static long timeToLive(FrameReader reader, int first, int end, int records) {
    int at = first;
    for (int record = 0; record < records; record++) {
      at = afterName(reader, at, end);
      if (at == NONE || end - at < RECORD_FIXED) {
        return 0;
      }
      if (reader.uint32(at) == ADDRESS_IN_INTERNET) {
        return reader.uint32(at + 4);
      }
      at += RECORD_FIXED + reader.uint16(at + 8);
    }
    return 0;
  }

  /** The offset of what follows a name, or {@link #NONE} if that is no name or was not captured. */
  private static int afterName(FrameReader reader, int start, int end) {
    int limit = Math.min(end, start + MAX_NAME);
    int at = start;
    while (at < limit) {
      int length = reader.uint8(at);
      if (length == 0) {
        return at + 1;
      }
      if (length >= POINTER) {
        return at + 2;
      }
      if (length > 63) {
        return NONE;
      }
      at += 1 + length;
    }
    return NONE;
  }
}
