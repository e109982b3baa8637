package io.caracal.core.internal.command;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * The stop signal of a command. Whoever sends it waits until the command has ended and flushed
 * everything.
 */
final class Stop implements Runnable {
  /** What can be stopped. */
  @FunctionalInterface
  interface Work {
    int run() throws IOException;
  }

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean started;
  private volatile boolean asked;

  @Override
  public void run() {
    asked = true;
    if (started) {
      try {
        finished.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Asks the command to end and does not wait. */
  void ask() {
    asked = true;
  }

  /** Whether the command shall end. */
  boolean asked() {
    return asked;
  }

  /** Does the command's work, at whose end those wait who sent the signal. */
  int whileRunning(Work work) throws IOException {
    started = true;
    try {
      return work.run();
    } finally {
      finished.countDown();
    }
  }
}
