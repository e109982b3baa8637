package io.caracal.benchmarks.flows;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.SYN;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.io.IOException;
import java.util.Locale;

/**
 * A flood of ten million SYNs from as many spoofed sources, a hundred thousand a second, while ten
 * thousand established connections send a segment every twenty seconds each. What became of them?
 */
public final class SynFlood {
  private static final int ESTABLISHED = 10_000;
  private static final int SPOOFED = 10_000_000;
  private static final int SYNS_PER_SEGMENT = 200;
  private static final long FIRST_SPOOFED = 1L << 24;
  private static final long STEP_NANOS = 10_000;
  private static final int PAYLOAD = 512;

  private final FlowTable table =
      new BoundedFlowTables().create(FlowSettings.DEFAULT, this::onRecord);
  private final Bursts bursts = new Bursts(table);
  private final int[] sent = new int[ESTABLISHED];
  private long now = 1_700_000_000_000_000_000L;
  private long packets;
  private long recorded;
  private int intact;

  private SynFlood() {}

  /**
   * Prints rate, memory, counters and how many established connections came out as one record.
   *
   * @param arguments none
   * @throws IOException if this is not Linux
   */
  public static void main(String[] arguments) throws IOException {
    SynFlood flood = new SynFlood();
    flood.establish();
    long start = System.nanoTime();
    flood.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    long resident = Resident.peak();
    flood.table.flush();
    FlowCounters counters = flood.table.counters();
    System.out.printf(
        Locale.ROOT,
        "%,d packets, %.3f M a second; resident at most %d MiB%n",
        flood.packets,
        flood.packets / seconds / 1e6,
        resident);
    System.out.printf(
        Locale.ROOT,
        "%,d in records + %,d not sampled = %,d of %,d accepted%n",
        flood.recorded,
        counters.unsampledPackets(),
        flood.recorded + counters.unsampledPackets(),
        flood.packets);
    System.out.printf(
        Locale.ROOT,
        "%,d of %,d established connections in one whole record; %,d emergencies, ended: %s%n",
        flood.intact,
        ESTABLISHED,
        counters.emergencies(),
        counters.ended());
  }

  private void establish() {
    for (int client = 0; client < ESTABLISHED; client++) {
      send(client, true, SYN, 0);
      send(client, false, SYN | ACK, 0);
      send(client, true, ACK, 0);
    }
  }

  private void run() {
    for (int spoofed = 0; spoofed < SPOOFED; spoofed++) {
      send(FIRST_SPOOFED + spoofed * 401L, true, SYN, 0);
      if (spoofed % SYNS_PER_SEGMENT == 0) {
        int client = spoofed / SYNS_PER_SEGMENT % ESTABLISHED;
        send(client, (spoofed / SYNS_PER_SEGMENT / ESTABLISHED & 1) == 0, ACK, PAYLOAD);
      }
    }
    bursts.handOver();
  }

  private void send(long client, boolean forward, int flags, int payload) {
    now += STEP_NANOS;
    Synthetic.segment(bursts.next(), now, client, forward, flags, payload);
    if (client < ESTABLISHED) {
      sent[(int) client]++;
    }
    packets++;
    bursts.add();
  }

  private void onRecord(FlowRecord record) {
    if (record.reason() == EndReason.CHECKPOINT) {
      return;
    }
    long seen = record.forward().packets() + record.backward().packets();
    recorded += seen;
    if (seen > 1) {
      long client = record.identity().sourceLow();
      if (client < ESTABLISHED && seen == sent[(int) client]) {
        intact++;
      }
    }
  }
}
