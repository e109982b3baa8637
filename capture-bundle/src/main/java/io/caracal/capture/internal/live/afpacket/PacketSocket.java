package io.caracal.capture.internal.live.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.Interfaces;
import io.caracal.capture.internal.live.LiveInput.Losses;
import io.caracal.capture.internal.live.NativeFunctions;
import io.caracal.capture.internal.live.NativeFunctions.Result;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** A packet socket: the calls that packet(7) describes, and their errors in a sentence. */
final class PacketSocket implements AutoCloseable {
  static final int PACKET_ADD_MEMBERSHIP = 1;
  static final int PACKET_RX_RING = 5;
  static final int PACKET_STATISTICS = 6;
  static final int PACKET_VERSION = 10;
  static final int PACKET_RESERVE = 12;
  static final int PACKET_FANOUT = 18;
  static final int PACKET_FANOUT_DATA = 22;
  static final int PACKET_IGNORE_OUTGOING = 23;
  static final int SOL_PACKET = 263;
  static final int SOL_SOCKET = 1;
  private static final int SO_TIMESTAMPNS = 35;
  static final int SO_ATTACH_FILTER = 26;

  private static final int SO_ERROR = 4;
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final short ETH_P_ALL = 3;
  private static final short PACKET_MR_PROMISC = 1;
  private static final int EPERM = 1;
  private static final int ENOMEM = 12;
  private static final int EACCES = 13;
  private static final int ENETDOWN = 100;

  /** Bytes of {@code struct sockaddr_ll} and of {@code struct packet_mreq}. */
  private static final int ADDRESS = 20;

  private static final int MEMBERSHIP = 16;

  private static final NativeFunctions LIBC = NativeFunctions.LIBC;

  /** The file descriptor. */
  final int file;

  private final SourceRequest request;
  private final String name;

  PacketSocket(SourceRequest request) throws IOException {
    this.request = request;
    name = request.name();
    // Of protocol 0, it receives nothing before it is bound.
    Result opened = LIBC.integer("socket", AF_PACKET, SOCK_RAW, 0);
    if (opened.failed()) {
      throw refusal("socket", opened);
    }
    file = (int) opened.value();
  }

  /** The number of the interface. */
  int index() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int index = (int) LIBC.integer("if_nametoindex", arena.allocateFrom(name)).value();
      if (index == 0) {
        throw Refusal.noSuchInterface(name, Interfaces.names());
      }
      return index;
    }
  }

  /**
   * Binds the socket to an interface, from which it receives now.
   *
   * @return the hardware type of the interface
   */
  int bind(int index) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS, JAVA_INT.byteAlignment());
      address.set(JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, ETH_P_ALL);
      address.set(JAVA_INT, 4, index);
      check("bind", LIBC.integer("bind", file, address, ADDRESS));
      // bind(2) accepts an interface that is down, and notes the error.
      int error = pendingError();
      if (error == ENETDOWN) {
        throw Refusal.interfaceDown(name);
      }
      MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS);
      check("getsockname", LIBC.integer("getsockname", file, address, length));
      return address.get(JAVA_SHORT, 8) & 0xffff;
    }
  }

  /**
   * Has the kernel stamp a packet when it arrives, once for all sockets; else each ring would stamp
   * it by itself a little later, and a change of sources could not tell what has been seen.
   */
  void stampOnArrival() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      set(SOL_SOCKET, SO_TIMESTAMPNS, arena.allocateFrom(JAVA_INT, 1));
    }
  }

  /** Has the interface take frames for others, until the socket is closed. */
  void promiscuous(int index) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment membership = arena.allocate(MEMBERSHIP, JAVA_INT.byteAlignment());
      membership.set(JAVA_INT, 0, index);
      membership.set(JAVA_SHORT, 4, PACKET_MR_PROMISC);
      set(SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership);
    }
  }

  /** Sets an option of packet sockets that is an int. */
  void set(int option, int value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      set(SOL_PACKET, option, arena.allocateFrom(JAVA_INT, value));
    }
  }

  /** Sets an option. */
  void set(int level, int option, MemorySegment value) throws IOException {
    check("option " + option, trySet(level, option, value));
  }

  /** Sets an option, for a caller that knows more of its errors. */
  Result trySet(int level, int option, MemorySegment value) {
    return LIBC.integer("setsockopt", file, level, option, value, (int) value.byteSize());
  }

  /** Reads an option of packet sockets that is an int. */
  int get(int option) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      check("option " + option, get(SOL_PACKET, option, value));
      return value.get(JAVA_INT, 0);
    }
  }

  private Result get(int level, int option, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
      return LIBC.integer("getsockopt", file, level, option, value, length);
    }
  }

  /** The error that the kernel noted for this socket, which it forgets then; 0 for none. */
  int pendingError() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(JAVA_INT);
      return get(SOL_SOCKET, SO_ERROR, error).failed() ? 0 : error.get(JAVA_INT, 0);
    }
  }

  /** Adds what the kernel counted since the last call: it begins anew then. */
  Losses losses(Losses before, long byInterface) {
    try (Arena arena = Arena.ofConfined()) {
      // struct tpacket_stats_v3: frames, frames dropped, how often the ring was full.
      MemorySegment counts = arena.allocate(12, JAVA_INT.byteAlignment());
      get(SOL_PACKET, PACKET_STATISTICS, counts);
      return new Losses(
          before.byKernel() + Integer.toUnsignedLong(counts.get(JAVA_INT, 4)),
          byInterface,
          before.bufferFull() + Integer.toUnsignedLong(counts.get(JAVA_INT, 8)));
    }
  }

  void check(String step, Result result) throws IOException {
    if (result.failed()) {
      throw refusal(step, result);
    }
  }

  private IOException refusal(String step, Result result) {
    return switch (result.errno()) {
      case EPERM, EACCES -> Refusal.notPermitted(name);
      case ENOMEM -> Refusal.bufferTooLarge(request);
      default -> Refusal.other(name, result.error() + " at " + step + " of a packet socket");
    };
  }

  @Override
  public void close() {
    LIBC.integer("close", file);
  }
}
