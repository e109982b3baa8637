package io.caracal.feature.internal.flow;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Zeroed memory that is only reserved: the system provides a page when it is first touched. So a
 * table has one block of memory for as many flows as it may ever hold, and occupies what its flows
 * need. Huge pages are asked for, since flows are found at random: with small ones most packets
 * would also miss in the processor's cache of page addresses.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2), madvise(2)</a>
 */
final class AddressSpace {
  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int MAP_PRIVATE = 0x02, MAP_ANONYMOUS = 0x20, MAP_NORESERVE = 0x4000;
  private static final int MADV_HUGEPAGE = 14;
  private static final long FAILED = -1;

  private static final MethodHandle MAP =
      function(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle ADVISE =
      function("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle UNMAP =
      function("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

  private AddressSpace() {}

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  /**
   * Reserves memory, given back when nothing refers to it any more.
   *
   * @param size in bytes
   * @return zeroes
   * @throws IllegalArgumentException if the system has no room
   */
  static MemorySegment reserve(long size) {
    try {
      long address =
          (long)
              MAP.invokeExact(
                  0L, size, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0L);
      if (address == FAILED) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the system has no address space for a flow table of %,d MB; lower flow.max-flows",
                size >> 20));
      }
      // Where there are no huge pages this fails, and changes nothing.
      int _ = (int) ADVISE.invokeExact(address, size, MADV_HUGEPAGE);
      return MemorySegment.ofAddress(address)
          .reinterpret(size, Arena.ofAuto(), bytes -> release(bytes.address(), size));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native function does not throw", e);
    }
  }

  private static void release(long address, long size) {
    try {
      int _ = (int) UNMAP.invokeExact(address, size);
    } catch (Throwable e) {
      throw new IllegalStateException("a native function does not throw", e);
    }
  }
}
