package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Whether calls leave something behind: objects, direct memory or threads. */
final class Growth {
  private static final int CALLS = 1000;

  /** What the machine itself may add over that many calls. */
  private static final long BYTES_PER_CALL = 64;

  /** A collection may come too early to see what is garbage: what leaks is seen every time. */
  private static final int ATTEMPTS = 4;

  private Growth() {}

  /** Makes many calls and fails if memory grows with each of them, or the number of threads. */
  static void assertNone(Callable<?> call) throws Exception {
    repeat(call);
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && least >= CALLS * BYTES_PER_CALL; attempt++) {
      long before = used();
      repeat(call);
      least = Math.min(least, used() - before);
    }
    assertThat(least).as("bytes left behind by %d calls", CALLS).isLessThan(CALLS * BYTES_PER_CALL);
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads)
        .as("threads left behind by %d calls", CALLS)
        .isLessThan(CALLS / 10);
  }

  private static void repeat(Callable<?> call) throws Exception {
    for (int i = 0; i < CALLS; i++) {
      call.call();
    }
  }

  private static long used() {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
  }
}
