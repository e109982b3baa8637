package io.caracal.benchmarks.intake;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The peer of reading: {@code pcap_next_ex} until the file ends, nothing decoded. */
final class BareLibpcap implements Contender {
  private static final int ERROR_BUFFER = 256;

  private final Path capture;
  private final MethodHandle open;
  private final MethodHandle next;
  private final MethodHandle close;

  BareLibpcap(Path capture) {
    this.capture = capture;
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = SymbolLookup.libraryLookup("libpcap.so.0.8", Arena.global());
    open =
        linker.downcallHandle(
            library.findOrThrow("pcap_open_offline"),
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
    next =
        linker.downcallHandle(
            library.findOrThrow("pcap_next_ex"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
    close =
        linker.downcallHandle(
            library.findOrThrow("pcap_close"), FunctionDescriptor.ofVoid(JAVA_LONG));
  }

  @Override
  public String name() {
    return "bare libpcap (pcap_next_ex, nothing decoded)";
  }

  @Override
  public long run() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ERROR_BUFFER);
      MemorySegment header = arena.allocate(ADDRESS);
      MemorySegment data = arena.allocate(ADDRESS);
      long handle = (long) open.invokeExact(arena.allocateFrom(capture.toString()), error);
      if (handle == 0) {
        throw new IOException(error.getString(0) + "; give a capture that libpcap opens");
      }
      long packets = 0;
      while ((int) next.invokeExact(handle, header, data) == 1) {
        packets++;
      }
      close.invokeExact(handle);
      return packets;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native function does not throw", e);
    }
  }
}
