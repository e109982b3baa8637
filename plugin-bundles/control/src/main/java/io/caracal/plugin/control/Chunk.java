package io.caracal.plugin.control;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One message of the Nailgun protocol (martiansoftware.com/nailgun/protocol): on the wire the
 * length of the payload in four bytes, big-endian, the code of the type in one, and the payload.
 *
 * @param type what it is
 * @param text the payload in ISO 8859-1, so that each character is one byte of it
 */
public record Chunk(Type type, String text) {
  /** What a chunk is. The first five make a request. */
  public enum Type {
    /** One argument of the command. */
    ARGUMENT('A'),
    /** A variable of the client's environment. */
    ENVIRONMENT('E'),
    /** The client's working folder. */
    DIRECTORY('D'),
    /** The command; it ends the request. */
    COMMAND('C'),
    /** The client is alive. */
    HEARTBEAT('H'),
    /** Bytes of the client's standard input. */
    INPUT('0'),
    /** There is no more standard input. */
    INPUT_END('.'),
    /** The server wants one chunk of standard input. */
    SEND_INPUT('S'),
    /** Bytes for the client's standard output. */
    OUTPUT('1'),
    /** Bytes for the client's standard error. */
    ERROR('2'),
    /** The exit code in decimal; the last chunk. */
    EXIT('X');

    private final char code;

    Type(char code) {
      this.code = code;
    }

    /** The byte that stands for it. */
    byte code() {
      return (byte) code;
    }

    static Optional<Type> of(byte code) {
      return Arrays.stream(values()).filter(type -> type.code() == code).findFirst();
    }
  }

  /** A chunk of bytes. */
  public static Chunk of(Type type, byte[] bytes) {
    return new Chunk(type, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** A chunk of text in UTF-8. */
  public static Chunk utf8(Type type, String text) {
    return of(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The payload. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The payload as text in UTF-8. */
  public String utf8() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
