package io.caracal.benchmarks.intake;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.PacketSource;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.afpacket.AfPacketSource;
import io.caracal.capture.internal.live.libpcap.LibpcapSource;
import io.caracal.capture.internal.live.pcap4j.Pcap4jSource;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the live sources on the same replayed traffic: {@code LiveIntake CAPTURE TIMES}, as
 * root. What counts is the processor time of the thread that polls; the sender and the kernel's
 * delivery are the same for all. The handler touches each frame and does no more.
 */
public final class LiveIntake {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARMUP = 2;
  private static final int MEASURED = 5;
  private static final int POLL = 4096;
  private static final int WAIT_MILLIS = 50;
  private static final int BUFFER = 64 << 20;
  private static final int SNAPSHOT = 65_535;
  private static final int DELAY_MILLIS = 20;

  private long touched;

  private LiveIntake() {}

  private record Figures(double packetsPerSecond, double lost) {}

  /**
   * Prints the comparison.
   *
   * @param arguments the capture and how often it is replayed per round
   * @throws IOException if the traffic cannot be made or captured
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IOException(
          "name a capture of frames below 9000 bytes, and how often to replay it");
    }
    Path capture = Path.of(arguments[0]).toAbsolutePath();
    int times = Integer.parseInt(arguments[1]);
    List<PacketSource> sources =
        List.of(new Pcap4jSource(), new LibpcapSource(), new AfPacketSource());
    Map<String, List<Figures>> figures = new LinkedHashMap<>();
    LiveIntake bench = new LiveIntake();
    try (Wire wire = Wire.lay()) {
      for (int round = 0; round < WARMUP + MEASURED; round++) {
        for (PacketSource source : sources) {
          Figures seen = bench.measure(source, wire, capture, times);
          if (round >= WARMUP) {
            figures.computeIfAbsent(source.name(), name -> new ArrayList<>()).add(seen);
          }
        }
      }
    }
    print(figures);
    System.out.println("(touched " + bench.touched + ")");
  }

  private static void print(Map<String, List<Figures>> figures) {
    double first = 0;
    for (Map.Entry<String, List<Figures>> entry : figures.entrySet()) {
      double rate =
          Rounds.median(entry.getValue().stream().mapToDouble(Figures::packetsPerSecond).toArray());
      double lost = Rounds.median(entry.getValue().stream().mapToDouble(Figures::lost).toArray());
      first = first == 0 ? rate : first;
      System.out.printf(
          Locale.ROOT,
          "%-10s %6.2f M packets per CPU-second  ratio %5.2f  dropped by the kernel %.2f %%%n",
          entry.getKey(),
          rate / 1e6,
          rate / first,
          100 * lost);
    }
  }

  private Figures measure(PacketSource source, Wire wire, Path capture, int times)
      throws IOException {
    SourceRequest request =
        SourceRequest.live(Wire.NEAR_END, "", SNAPSHOT, BUFFER, DELAY_MILLIS, true);
    PacketInput input = source.open(request);
    long nanos;
    try (input) {
      Process sender = wire.replay(capture, times);
      long start = THREADS.getCurrentThreadCpuTime();
      boolean sending = true;
      int delivered = 0;
      while (sending || delivered > 0) {
        sending = sender.isAlive();
        delivered = input.poll(this::touch, POLL, WAIT_MILLIS);
      }
      nanos = THREADS.getCurrentThreadCpuTime() - start;
    }
    SourceCounters counters = input.counters();
    double all = (double) counters.packets() + counters.droppedByKernel();
    return new Figures(counters.packets() * 1e9 / nanos, counters.droppedByKernel() / all);
  }

  private void touch(io.caracal.api.packet.Frame frame) {
    if (frame.capturedLength > 0) {
      touched += frame.segment.get(ValueLayout.JAVA_BYTE, frame.offset + frame.capturedLength - 1);
    }
  }
}
