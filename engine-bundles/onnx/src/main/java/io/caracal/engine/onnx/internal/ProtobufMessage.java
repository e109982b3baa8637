package io.caracal.engine.onnx.internal;

import java.nio.charset.StandardCharsets;

/**
 * A cursor over the fields of one protobuf message, in place. It exists so that a model can be
 * looked at before any native code parses it.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the wire format</a>
 */
final class ProtobufMessage {
  static final int VARINT = 0;
  static final int BYTES = 2;
  private static final int FIXED_64 = 1;
  private static final int FIXED_32 = 5;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int field;
  private int type;
  private long number;
  private int from;

  ProtobufMessage(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtobufMessage(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  /**
   * Moves to the next field.
   *
   * @return false at the end of the message
   * @throws IllegalArgumentException if these bytes are no protobuf message
   */
  boolean next() {
    if (position == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    switch (type) {
      case VARINT -> number = varint();
      case FIXED_64 -> skip(Long.BYTES);
      case FIXED_32 -> skip(Integer.BYTES);
      case BYTES -> skip(varint());
      default -> throw new IllegalArgumentException("wire type " + type);
    }
    return true;
  }

  int field() {
    return field;
  }

  /** {@link #VARINT}, {@link #BYTES}, or another. */
  int type() {
    return type;
  }

  /** Value of a {@link #VARINT} field. */
  long number() {
    return number;
  }

  /** Value of a {@link #BYTES} field. */
  ProtobufMessage message() {
    return new ProtobufMessage(bytes, from, position);
  }

  /** Value of a {@link #BYTES} field. */
  String text() {
    return new String(bytes, from, position - from, StandardCharsets.UTF_8);
  }

  private void skip(long length) {
    if (length < 0 || length > end - position) {
      throw new IllegalArgumentException("field " + field + " is longer than its message");
    }
    from = position;
    position += (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (position == end) {
        throw new IllegalArgumentException("it ends inside a number");
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }
}
