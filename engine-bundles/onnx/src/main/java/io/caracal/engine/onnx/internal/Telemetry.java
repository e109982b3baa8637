package io.caracal.engine.onnx.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Keeps ONNX Runtime from gathering telemetry. A sensor tells nobody about itself; and version
 * 1.29.0 reads the process's command line for it with a recursive matcher, which overflows the
 * stack and kills the process when that line is longer than about 3,000 characters.
 */
final class Telemetry {
  private Telemetry() {}

  /**
   * Must be called before the natives create their environment. It sets an environment variable of
   * this process, which only native code sees.
   */
  static void off() {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("ORT_DISABLE_TELEMETRY");
      int failed = (int) setenv.invokeExact(name, arena.allocateFrom("1"), 1);
      if (failed != 0) {
        throw new IllegalStateException("ONNX Runtime's telemetry cannot be turned off");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("ONNX Runtime's telemetry cannot be turned off", e);
    }
  }
}
