package io.caracal.capture.internal.live.afpacket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes programs of classic BPF: an accumulator, an index register X, 16 words of scratch memory
 * and jumps forward. Source: the kernel's networking/filter document.
 */
final class BpfAssembler {
  // The codes are sums of a class, a size or an operation, and a mode or an operand.
  private static final int LOAD_WORD_AT_X = 0x40;
  private static final int LOAD_HALF = 0x28;
  private static final int LOAD_BYTE = 0x30;
  private static final int LOAD_SCRATCH = 0x60;
  private static final int LOAD_X = 0x01;
  private static final int LOAD_X_SCRATCH = 0x61;
  private static final int STORE = 0x02;
  private static final int STORE_X = 0x03;
  private static final int ADD_X = 0x0c;
  private static final int XOR_X = 0xac;
  private static final int MULTIPLY = 0x24;
  private static final int AND = 0x54;
  private static final int SHIFT_RIGHT = 0x74;
  private static final int COPY_TO_X = 0x07;
  private static final int JUMP = 0x05;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int RETURN_ACCUMULATOR = 0x16;

  private record Instruction(int code, int operand, Optional<String> target) {}

  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();

  private BpfAssembler add(int code, int operand) {
    instructions.add(new Instruction(code, operand, Optional.empty()));
    return this;
  }

  BpfAssembler loadWordAtX(int offset) {
    return add(LOAD_WORD_AT_X, offset);
  }

  BpfAssembler loadHalf(int offset) {
    return add(LOAD_HALF, offset);
  }

  BpfAssembler loadByte(int offset) {
    return add(LOAD_BYTE, offset);
  }

  BpfAssembler loadScratch(int word) {
    return add(LOAD_SCRATCH, word);
  }

  BpfAssembler loadX(int value) {
    return add(LOAD_X, value);
  }

  BpfAssembler loadXScratch(int word) {
    return add(LOAD_X_SCRATCH, word);
  }

  BpfAssembler store(int word) {
    return add(STORE, word);
  }

  BpfAssembler storeX(int word) {
    return add(STORE_X, word);
  }

  BpfAssembler addX() {
    return add(ADD_X, 0);
  }

  BpfAssembler xorX() {
    return add(XOR_X, 0);
  }

  BpfAssembler multiply(int factor) {
    return add(MULTIPLY, factor);
  }

  BpfAssembler and(int mask) {
    return add(AND, mask);
  }

  BpfAssembler shiftRight(int bits) {
    return add(SHIFT_RIGHT, bits);
  }

  BpfAssembler copyToX() {
    return add(COPY_TO_X, 0);
  }

  BpfAssembler returnConstant(int value) {
    return add(RETURN, value);
  }

  BpfAssembler returnAccumulator() {
    return add(RETURN_ACCUMULATOR, 0);
  }

  /** Goes on at a label further down. */
  BpfAssembler jump(String label) {
    instructions.add(new Instruction(JUMP, 0, Optional.of(label)));
    return this;
  }

  /** Goes on at a label further down if the accumulator holds the value, else below. */
  BpfAssembler jumpIfEqual(int value, String label) {
    instructions.add(new Instruction(JUMP_IF_EQUAL, value, Optional.of(label)));
    return this;
  }

  BpfAssembler label(String label) {
    labels.put(label, instructions.size());
    return this;
  }

  SocketFilter assemble() {
    ByteBuffer code =
        ByteBuffer.allocate(instructions.size() * SocketFilter.INSTRUCTION)
            .order(ByteOrder.nativeOrder());
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      int here = i;
      int distance = instruction.target().map(label -> labels.get(label) - here - 1).orElse(0);
      boolean always = instruction.code() == JUMP;
      code.putShort((short) instruction.code());
      code.put((byte) (always ? 0 : distance));
      code.put((byte) 0);
      code.putInt(always ? distance : instruction.operand());
    }
    return new SocketFilter(code.array());
  }
}
