package io.caracal.capture.internal.live.libpcap;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caracal.capture.internal.live.LibpcapNames;
import io.caracal.capture.internal.live.NativeFunctions;
import io.caracal.capture.internal.live.Refusal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The library. Handles ({@code pcap_t*}) are plain addresses. Thread-safe. */
final class Libpcap {
  /** {@code pcap_dispatch} was ended by {@link #breakLoop}. */
  static final int BROKEN = -2;

  /** {@code void got_packet(u_char *user, const struct pcap_pkthdr *, const u_char *bytes)}. */
  static final FunctionDescriptor CALLBACK =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** Everything but what moves frames. */
  final NativeFunctions functions;

  private final MethodHandle dispatch;
  private final MethodHandle breakLoop;

  private Libpcap(SymbolLookup library) {
    functions = new NativeFunctions(library);
    Linker linker = Linker.nativeLinker();
    dispatch =
        linker.downcallHandle(
            library.findOrThrow("pcap_dispatch"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    breakLoop =
        linker.downcallHandle(
            library.findOrThrow("pcap_breakloop"), FunctionDescriptor.ofVoid(JAVA_LONG));
  }

  /**
   * Finds the library.
   *
   * @param forInterface the interface that it is wanted for
   * @throws IOException if this machine has none
   */
  static Libpcap load(String forInterface) throws IOException {
    return LibpcapNames.candidates().stream()
        .flatMap(name -> named(name).stream())
        .findFirst()
        .orElseThrow(() -> Refusal.noLibpcap(forInterface));
  }

  private static Optional<Libpcap> named(String name) {
    try {
      return Optional.of(new Libpcap(SymbolLookup.libraryLookup(name, Arena.global())));
    } catch (IllegalArgumentException e) {
      // There is no library of this name; another may do.
      return Optional.empty();
    }
  }

  /** Hands at most {@code count} frames to the callback; the frames handed over, or an error. */
  int dispatch(long handle, int count, MemorySegment callback) {
    try {
      return (int) dispatch.invokeExact(handle, count, callback, 0L);
    } catch (Throwable e) {
      throw NativeFunctions.impossible(e);
    }
  }

  /** Makes a running {@link #dispatch} return after the frame in hand. */
  void breakLoop(long handle) {
    try {
      breakLoop.invokeExact(handle);
    } catch (Throwable e) {
      throw NativeFunctions.impossible(e);
    }
  }
}
