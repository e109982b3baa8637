package io.caracal.capture.internal.live.afpacket;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Runs the instructions of classic BPF that {@link BpfAssembler} writes, as the kernel's
 * networking/filter document describes them.
 */
final class BpfMachine {
  private final ByteBuffer program;
  private final int linkHeader;

  /** A machine for frames whose network header follows so many bytes of link layer. */
  BpfMachine(SocketFilter program, int linkHeader) {
    this.program = ByteBuffer.wrap(program.instructions()).order(ByteOrder.nativeOrder());
    this.linkHeader = linkHeader;
  }

  /** What the program returns, unsigned; 0 when it loads from where the frame has no bytes. */
  long run(byte[] frame) {
    int accumulator = 0;
    int x = 0;
    int[] scratch = new int[16];
    for (int at = 0; ; at++) {
      int code = program.getShort(at * 8);
      int jump = program.get(at * 8 + 2) & 0xff;
      int k = program.getInt(at * 8 + 4);
      try {
        switch (code) {
          case 0x40 -> accumulator = load(frame, k + x, 4);
          case 0x28 -> accumulator = load(frame, k, 2);
          case 0x30 -> accumulator = load(frame, k, 1);
          case 0x60 -> accumulator = scratch[k];
          case 0x01 -> x = k;
          case 0x61 -> x = scratch[k];
          case 0x02 -> scratch[k] = accumulator;
          case 0x03 -> scratch[k] = x;
          case 0x0c -> accumulator += x;
          case 0xac -> accumulator ^= x;
          case 0x24 -> accumulator *= k;
          case 0x54 -> accumulator &= k;
          case 0x74 -> accumulator >>>= k;
          case 0x07 -> x = accumulator;
          case 0x05 -> at += k;
          case 0x15 -> at += accumulator == k ? jump : program.get(at * 8 + 3) & 0xff;
          case 0x06 -> {
            return Integer.toUnsignedLong(k);
          }
          case 0x16 -> {
            return Integer.toUnsignedLong(accumulator);
          }
          default -> throw new IllegalStateException("instruction " + Integer.toHexString(code));
        }
      } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
        return 0;
      }
    }
  }

  private int load(byte[] frame, int offset, int bytes) {
    int at =
        offset >= LaneProgram.NETWORK
            ? offset - LaneProgram.NETWORK + linkHeader
            : offset - LaneProgram.LINK;
    ByteBuffer buffer = ByteBuffer.wrap(frame);
    return switch (bytes) {
      case 1 -> buffer.get(at) & 0xff;
      case 2 -> buffer.getShort(at) & 0xffff;
      default -> buffer.getInt(at);
    };
  }
}
