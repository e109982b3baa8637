package io.caracal.capture.internal.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * C functions, called by name: for opening, settings and counters, not for the packet path. An
 * Integer argument is an int, a Long a long or an address, a segment its address. Thread-safe.
 */
public final class NativeFunctions {
  /** The functions of the C library. */
  public static final NativeFunctions LIBC =
      new NativeFunctions(Linker.nativeLinker().defaultLookup());

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_FIELD = STATE.varHandle(PathElement.groupElement("errno"));

  /**
   * What a function gave back.
   *
   * @param value its result; an address as a number
   * @param errno the error number, valid where the result says that there was an error
   */
  public record Result(long value, int errno) {
    /** Whether the result is C's usual sign of failure. */
    public boolean failed() {
      return value < 0;
    }

    /** The error in words. */
    public String error() {
      return NativeFunctions.error(errno);
    }
  }

  private final SymbolLookup library;
  private final Map<String, MethodHandle> handles = new ConcurrentHashMap<>();

  /**
   * The functions of a library.
   *
   * @param library where they are looked up
   */
  public NativeFunctions(SymbolLookup library) {
    this.library = library;
  }

  /** Calls a function that returns an int. */
  public Result integer(String function, Object... arguments) {
    return call(function, FunctionDescriptor.of(JAVA_INT, layouts(arguments)), arguments);
  }

  /** Calls a function that returns a pointer. */
  public Result address(String function, Object... arguments) {
    return call(function, FunctionDescriptor.of(JAVA_LONG, layouts(arguments)), arguments);
  }

  /** Calls a function that returns nothing. */
  public void run(String function, Object... arguments) {
    call(function, FunctionDescriptor.ofVoid(layouts(arguments)), arguments);
  }

  /** An error number in words. */
  public static String error(int errno) {
    return text(LIBC.address("strerror", errno).value());
  }

  /** The string at an address. */
  public static String text(long address) {
    return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
  }

  private Result call(String function, FunctionDescriptor descriptor, Object... arguments) {
    MethodHandle handle =
        handles.computeIfAbsent(
            function,
            name ->
                Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor, ERRNO));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      List<Object> all = new ArrayList<>(List.of(arguments));
      all.addFirst(state);
      long value =
          handle.invokeWithArguments(all) instanceof Number number ? number.longValue() : 0;
      return new Result(value, (int) ERRNO_FIELD.get(state, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static MemoryLayout[] layouts(Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] =
          switch (arguments[i]) {
            case Integer _ -> JAVA_INT;
            case Long _ -> JAVA_LONG;
            default -> ADDRESS;
          };
    }
    return layouts;
  }

  /** For what the method handle of a native function declares but cannot throw. */
  public static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException("a native function does not throw", e);
  }
}
