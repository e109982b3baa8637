package io.caracal.capture.internal.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The functions that move frames, called without JNA: pcap4j would make a byte array and a
 * timestamp for each. Handles ({@code pcap_t*}) are plain addresses. Thread-safe.
 */
final class Libpcap {
  /** {@code pcap_dispatch} was ended by {@link #breakLoop}. */
  static final int BROKEN = -2;

  /** {@code void got_packet(u_char *user, const struct pcap_pkthdr *, const u_char *bytes)}. */
  static final FunctionDescriptor CALLBACK =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** Debian calls it 0.8, others 1; the plain name comes with development packages only. */
  private static final List<String> NAMES = List.of("libpcap.so.0.8", "libpcap.so.1", "libpcap.so");

  /** Where pcap4j looks for the name of the library; read once, when its first class is loaded. */
  private static final String PCAP4J_LIBRARY = "org.pcap4j.core.pcapLibName";

  private static final short POLLIN = 1;

  private final MethodHandle dispatch;
  private final MethodHandle breakLoop;
  private final MethodHandle selectableFd;
  private final MethodHandle poll;

  private Libpcap(SymbolLookup library) {
    Linker linker = Linker.nativeLinker();
    dispatch =
        linker.downcallHandle(
            library.findOrThrow("pcap_dispatch"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    breakLoop =
        linker.downcallHandle(
            library.findOrThrow("pcap_breakloop"), FunctionDescriptor.ofVoid(JAVA_LONG));
    selectableFd =
        linker.downcallHandle(
            library.findOrThrow("pcap_get_selectable_fd"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    poll =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("poll"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  /** Finds the library and shows pcap4j the way to it; empty if the machine has none. */
  static Optional<Libpcap> load() {
    String given = System.getProperty(PCAP4J_LIBRARY, "");
    List<String> names = given.isEmpty() ? NAMES : List.of(given);
    return names.stream().flatMap(name -> load(name).stream()).findFirst();
  }

  private static Optional<Libpcap> load(String name) {
    try {
      Libpcap found = new Libpcap(SymbolLookup.libraryLookup(name, Arena.global()));
      System.setProperty(PCAP4J_LIBRARY, name);
      return Optional.of(found);
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
      throw impossible(e);
    }
  }

  /** Makes a running {@link #dispatch} return after the frame in hand. */
  void breakLoop(long handle) {
    try {
      breakLoop.invokeExact(handle);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** A {@code struct pollfd} for {@link #await}. */
  MemorySegment pollDescriptor(long handle, Arena arena) {
    MemorySegment descriptor = arena.allocate(8, JAVA_INT.byteAlignment());
    try {
      descriptor.set(JAVA_INT, 0, (int) selectableFd.invokeExact(handle));
    } catch (Throwable e) {
      throw impossible(e);
    }
    descriptor.set(JAVA_SHORT, 4, POLLIN);
    return descriptor;
  }

  /**
   * Waits for frames. libpcap's own time limit does not serve: since Linux 3.19 the kernel does not
   * end it while no frame comes.
   *
   * @return whether there is something to dispatch, be it an error
   */
  boolean await(MemorySegment pollDescriptor, int milliseconds) {
    try {
      return (int) poll.invokeExact(pollDescriptor, 1L, milliseconds) > 0;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException("a native function does not throw", e);
  }
}
