package io.caracal.benchmarks.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lanes side by side, each with work of its own: what they lose to each other. */
final class Scaling {
  private static final int ROUNDS = 7;

  /** Makes the work of one lane. */
  @FunctionalInterface
  interface Work {
    Contender make() throws IOException;
  }

  private Scaling() {}

  /** Prints the rates of one lane and of as many as there are processors. */
  static void print(Work work) throws IOException {
    List<Contender> lanes = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      lanes.add(work.make());
    }
    double[] one = new double[ROUNDS];
    double[] all = new double[ROUNDS];
    rate(lanes);
    for (int round = 0; round < ROUNDS; round++) {
      one[round] = rate(lanes.subList(0, 1));
      all[round] = rate(lanes);
    }
    System.out.printf(
        Locale.ROOT,
        "%-48s %8.2f M per second of time by one lane, %8.2f M by %d  ratio %.2f%n",
        lanes.getFirst().name(),
        Rounds.median(one) / 1e6,
        Rounds.median(all) / 1e6,
        lanes.size(),
        Rounds.median(all) / Rounds.median(one));
  }

  private static double rate(List<Contender> lanes) throws IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes.size())) {
      List<Future<Long>> running = new ArrayList<>();
      long start = System.nanoTime();
      for (Contender lane : lanes) {
        running.add(threads.submit(lane::run));
      }
      long packets = 0;
      for (Future<Long> lane : running) {
        packets += lane.get();
      }
      return packets * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IOException("a lane failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
