package io.caracal.capture.internal.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Waits by {@code poll(2)} until a file descriptor has something to read. */
public final class Readiness {
  private static final short POLLIN = 1;

  private static final MethodHandle POLL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("poll"),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  /** A {@code struct pollfd}: an int, and two shorts for the events wanted and found. */
  private final MemorySegment descriptor;

  /**
   * Watches a file descriptor.
   *
   * @param file the file descriptor
   * @param arena holds what poll(2) needs
   */
  public Readiness(int file, Arena arena) {
    descriptor = arena.allocate(8, JAVA_INT.byteAlignment());
    descriptor.set(JAVA_INT, 0, file);
    descriptor.set(JAVA_SHORT, 4, POLLIN);
  }

  /**
   * Waits.
   *
   * @param millis longest wait
   * @return whether there is something to read or an error to report; false after a signal too
   */
  public boolean await(int millis) {
    try {
      return (int) POLL.invokeExact(descriptor, 1L, millis) > 0;
    } catch (Throwable e) {
      throw NativeFunctions.impossible(e);
    }
  }

  /**
   * Whether the last wait found an error.
   *
   * @return true if the file descriptor is of no more use
   */
  public boolean failed() {
    return (descriptor.get(JAVA_SHORT, 6) & ~POLLIN) != 0;
  }
}
