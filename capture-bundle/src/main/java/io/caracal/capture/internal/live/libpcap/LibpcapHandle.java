package io.caracal.capture.internal.live.libpcap;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.Counting;
import io.caracal.capture.internal.live.Interfaces;
import io.caracal.capture.internal.live.LinkTypes;
import io.caracal.capture.internal.live.LiveInput.Losses;
import io.caracal.capture.internal.live.NativeFunctions;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An activated {@code pcap_t}: one open interface. */
final class LibpcapHandle implements AutoCloseable {
  private static final int ERROR_BUFFER = 256;
  private static final int NO_SUCH_DEVICE = -5;
  private static final int PERMISSION_DENIED = -8;
  private static final int INTERFACE_DOWN = -9;
  private static final int PROMISCUOUS_DENIED = -11;
  private static final int NANOSECONDS = 1;
  private static final int NETMASK_UNKNOWN = -1;

  /** {@code struct bpf_insn} is 8 bytes. */
  private static final int INSTRUCTION = 8;

  /** The pseudo device of all interfaces, which knows no promiscuous mode. */
  private static final String ANY = "any";

  final Libpcap libpcap;
  final long address;
  private final NativeFunctions functions;

  private LibpcapHandle(Libpcap libpcap, long address) {
    this.libpcap = libpcap;
    this.address = address;
    functions = libpcap.functions;
  }

  /** Opens the interface; no filter stands yet. */
  static LibpcapHandle open(Libpcap libpcap, SourceRequest request) throws IOException {
    LibpcapHandle handle = create(libpcap, request.name());
    try {
      handle.activate(request);
      return handle;
    } catch (IOException | RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private static LibpcapHandle create(Libpcap libpcap, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ERROR_BUFFER);
      long created =
          libpcap.functions.address("pcap_create", arena.allocateFrom(name), error).value();
      if (created == 0) {
        throw Refusal.other(name, error.getString(0));
      }
      return new LibpcapHandle(libpcap, created);
    }
  }

  private void activate(SourceRequest request) throws IOException {
    boolean promiscuous = request.promiscuous() && !request.name().equals(ANY);
    set("pcap_set_snaplen", request.snapshotLength());
    set("pcap_set_promisc", promiscuous ? 1 : 0);
    set("pcap_set_timeout", Math.max(request.delayMillis(), 1));
    set("pcap_set_immediate_mode", request.delayMillis() == 0 ? 1 : 0);
    set("pcap_set_tstamp_precision", NANOSECONDS);
    if (request.bufferBytes() > 0) {
      set("pcap_set_buffer_size", request.bufferBytes());
    }
    int result = call("pcap_activate");
    if (result < 0) {
      throw refusal(request, result);
    }
  }

  private IOException refusal(SourceRequest request, int result) {
    return switch (result) {
      case NO_SUCH_DEVICE -> Refusal.noSuchInterface(request.name(), Interfaces.names());
      case PERMISSION_DENIED, PROMISCUOUS_DENIED -> Refusal.notPermitted(request.name());
      case INTERFACE_DOWN -> Refusal.interfaceDown(request.name());
      default -> {
        String status = NativeFunctions.text(functions.address("pcap_statustostr", result).value());
        String detail = error();
        yield Refusal.other(request.name(), detail.isEmpty() ? status : detail);
      }
    };
  }

  private void set(String option, int value) {
    functions.integer(option, address, value);
  }

  private int call(String function) {
    return (int) functions.integer(function, address).value();
  }

  /** Sets the filter, and that reading does not wait. */
  void prepare(SourceRequest request) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      if (!request.filter().isEmpty()) {
        MemorySegment program = compile(request, arena);
        int result = (int) functions.integer("pcap_setfilter", address, program).value();
        functions.run("pcap_freecode", program);
        if (result < 0) {
          throw Refusal.badFilter(request, error());
        }
      }
      MemorySegment error = arena.allocate(ERROR_BUFFER);
      if (functions.integer("pcap_setnonblock", address, 1, error).failed()) {
        throw Refusal.other(request.name(), error.getString(0));
      }
    }
  }

  /** The filter as an array of {@code struct bpf_insn}, of which {@code ret} has the snapshot. */
  byte[] filterProgram(SourceRequest request) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = compile(request, arena);
      long length = (long) program.get(JAVA_INT, 0) * INSTRUCTION;
      byte[] instructions =
          MemorySegment.ofAddress(program.get(JAVA_LONG, 8)).reinterpret(length).toArray(JAVA_BYTE);
      functions.run("pcap_freecode", program);
      return instructions;
    }
  }

  /** A {@code struct bpf_program}: the number of instructions and a pointer to them. */
  private MemorySegment compile(SourceRequest request, Arena arena) throws IOException {
    MemorySegment program = arena.allocate(16, JAVA_LONG.byteAlignment());
    MemorySegment filter = arena.allocateFrom(request.filter());
    if (functions.integer("pcap_compile", address, program, filter, 1, NETMASK_UNKNOWN).failed()) {
      throw Refusal.badFilter(request, error());
    }
    return program;
  }

  int linkType() {
    return LinkTypes.ofDataLink(call("pcap_datalink"));
  }

  /** Nanoseconds in a unit of {@code tv_usec}. */
  int fractionNanos() {
    return call("pcap_get_tstamp_precision") == NANOSECONDS ? 1 : 1000;
  }

  /** What to wait for: libpcap's own time limit is not ended by the kernel while no frame comes. */
  int selectableFile() {
    return call("pcap_get_selectable_fd");
  }

  /** What went wrong last. */
  String error() {
    return NativeFunctions.text(functions.address("pcap_geterr", address).value());
  }

  /** {@code struct pcap_stat}: received, dropped by the kernel, dropped by the interface. */
  Losses losses(Losses before) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statistics = arena.allocate(12, JAVA_INT.byteAlignment());
      if (functions.integer("pcap_stats", address, statistics).failed()) {
        // The interface went away: the counts stay, and reading frames reports the reason.
        return before;
      }
      return new Losses(
          Counting.grown(before.byKernel(), statistics.get(JAVA_INT, 4)),
          Counting.grown(before.byInterface(), statistics.get(JAVA_INT, 8)),
          0);
    }
  }

  @Override
  public void close() {
    functions.run("pcap_close", address);
  }
}
