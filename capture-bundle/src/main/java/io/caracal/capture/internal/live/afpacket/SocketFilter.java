package io.caracal.capture.internal.live.afpacket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.libpcap.KernelFilter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A program of classic BPF for the kernel. The bytes that it returns of a frame are kept. */
final class SocketFilter {
  /** Keeps nothing. */
  static final SocketFilter NOTHING = new BpfAssembler().returnConstant(0).assemble();

  /** Bytes of {@code struct sock_filter}. */
  static final int INSTRUCTION = 8;

  private final byte[] instructions;

  /**
   * A program.
   *
   * @param instructions an array of {@code struct sock_filter} in the machine's byte order
   */
  SocketFilter(byte[] instructions) {
    this.instructions = instructions;
  }

  /** The filter of a request; without one, only the snapshot length is kept to. */
  static SocketFilter of(SourceRequest request, int linkType) throws IOException {
    return request.filter().isEmpty()
        ? new BpfAssembler().returnConstant(request.snapshotLength()).assemble()
        : new SocketFilter(KernelFilter.compile(request, linkType));
  }

  /** The number of instructions. */
  int length() {
    return instructions.length / INSTRUCTION;
  }

  byte[] instructions() {
    return instructions.clone();
  }

  /** A {@code struct sock_fprog}: the number of instructions and a pointer to them. */
  MemorySegment program(Arena arena) {
    MemorySegment program = arena.allocate(16, JAVA_LONG.byteAlignment());
    MemorySegment code = arena.allocate(instructions.length, JAVA_LONG.byteAlignment());
    MemorySegment.copy(instructions, 0, code, JAVA_BYTE, 0, instructions.length);
    program.set(JAVA_SHORT, 0, (short) length());
    program.set(ADDRESS, 8, code);
    return program;
  }
}
