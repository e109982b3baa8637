package io.caracal.launcher;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns SIGINT and SIGTERM into a request to stop, and SIGHUP into one to reopen files. The JVM's
 * own way would run the shutdown hooks of all libraries at once, and ONNX Runtime's takes away what
 * the last flows are still scored with. The module jdk.unsupported has the only way to handle a
 * signal; it is called by name, since the compiler warns of it in a way that cannot be suppressed.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";
  private static final List<String> NAMES = List.of("INT", "TERM");

  /** Added to the number of the signal that ended a process, as shells do. */
  private static final int EXIT_CODE = 128;

  private final BooleanSupplier stop;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Signals(BooleanSupplier stop) {
    this.stop = stop;
  }

  /**
   * Handles the signals from now on; the second one ends the JVM at once.
   *
   * @param stop asks for the stop and returns when all is flushed; false if it cannot be asked for
   * @param hangUp reopens files
   */
  static void handle(BooleanSupplier stop, Runnable hangUp) {
    Signals signals = new Signals(stop);
    try {
      for (String name : NAMES) {
        handle(name, signals::received);
      }
      handle(
          "HUP",
          code -> {
            hangUp.run();
            return code;
          });
    } catch (ReflectiveOperationException e) {
      LOG.warn("signals end the sensor without a flush: {}", e.toString());
    }
  }

  private static void handle(String name, IntFunction<Object> received)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(SIGNAL);
    Class<?> handlerType = Class.forName(HANDLER);
    Object signal = type.getConstructor(String.class).newInstance(name);
    int code = EXIT_CODE + (int) type.getMethod("getNumber").invoke(signal);
    Object handler =
        Proxy.newProxyInstance(
            handlerType.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> received.apply(code));
    type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
  }

  private Object received(int code) {
    if (stopping.getAndSet(true)) {
      Runtime.getRuntime().halt(code);
    }
    if (!stop.getAsBoolean()) {
      System.exit(code);
    }
    return code;
  }
}
