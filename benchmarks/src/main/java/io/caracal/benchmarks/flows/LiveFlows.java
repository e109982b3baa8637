package io.caracal.benchmarks.flows;

import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * What many live flows cost: packets per CPU-second into a table of ten thousand flows and into one
 * of a million, in turn, each packet of a flow drawn at random.
 */
public final class LiveFlows {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int FEW = 10_000;
  private static final int MANY = 1_000_000;
  private static final int ROOM = 1_200_000; // a table that is nearly full works otherwise
  private static final int ROUNDS = 7;
  private static final int PACKETS = 4_000_000;
  private static final int WARMUP = 8_000_000;

  private final int flows;
  private final FlowTable table;
  private final Bursts bursts;
  private final double[] rates = new double[ROUNDS];
  private long now = 1_700_000_000_000_000_000L;
  private long random = 1;
  private long records;

  private LiveFlows(int flows) {
    this.flows = flows;
    table =
        new BoundedFlowTables()
            .create(FlowSettings.DEFAULT.withMaxFlows(ROOM), record -> records++);
    bursts = new Bursts(table);
  }

  /**
   * Prints both rates, their ratio and resident memory.
   *
   * @param arguments none
   * @throws IOException if this is not Linux
   */
  public static void main(String[] arguments) throws IOException {
    LiveFlows few = new LiveFlows(FEW);
    few.begin();
    long fewResident = Resident.now();
    LiveFlows many = new LiveFlows(MANY);
    many.begin();
    for (int round = 0; round < ROUNDS; round++) {
      few.rates[round] = few.feed(PACKETS);
      many.rates[round] = many.feed(PACKETS);
    }
    few.print();
    many.print();
    System.out.printf(
        Locale.ROOT,
        "ratio %.2f; resident %d MiB with the first table, %d MiB with both, at most %d MiB%n",
        median(many.rates) / median(few.rates),
        fewResident,
        Resident.now(),
        Resident.peak());
  }

  /** Every flow once, then at random until the code is compiled. */
  private void begin() {
    for (int flow = 0; flow < flows; flow++) {
      send(flow, true);
    }
    feed(WARMUP);
  }

  private double feed(int packets) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < packets; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      send((int) (((random >>> 32) * flows) >>> 32), random < 0);
    }
    bursts.handOver();
    return packets * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
  }

  private void send(int flow, boolean forward) {
    PacketHeaders packet = bursts.next();
    now += 1000; // a million packets a second
    Synthetic.segment(packet, now, flow, forward, PacketHeaders.ACK, 512);
    bursts.add();
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%,9d live flows: %.3f M packets per CPU-second (%.3f to %.3f), %,d active, %,d records%n",
        flows,
        median(rates) / 1e6,
        Arrays.stream(rates).min().orElseThrow() / 1e6,
        Arrays.stream(rates).max().orElseThrow() / 1e6,
        table.counters().active(),
        records);
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }
}
