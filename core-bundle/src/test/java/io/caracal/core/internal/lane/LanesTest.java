package io.caracal.core.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.exclusion.Exclusions;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.sink.EventOutput;
import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lanes that read the same frames give the same rows in the same order, however many they are. */
class LanesTest {
  private static final int FRAMES = 8_000;

  /** Frame: its time and, as captured length, the number of its host. */
  private record Packet(long nanos, int host) {}

  private final List<String> shown = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();

  /** A view of one column that is 1 more with every record, of whatever flow. */
  private final class Counting implements ContextView {
    @Override
    public ViewDescription description() {
      return view("counting");
    }

    @Override
    public Context open() {
      return new Context() {
        private int records;

        @Override
        public void onStart(FlowIdentity who, long nanos) {
          shown.add("start " + who.sourcePort() + " " + nanos);
        }

        @Override
        public void write(FlowSummary flow, FloatBuffer row, int offset) {
          shown.add(flow.reason() + " " + flow.who().sourcePort() + " " + flow.writtenNanos());
          row.put(offset, ++records);
        }

        @Override
        public Map<String, Long> counters() {
          return Map.of("counting.records", (long) records);
        }
      };
    }
  }

  /** A view of one column, the initiator's port. */
  private static final class Port implements FeatureView {
    @Override
    public ViewDescription description() {
      return view("port");
    }

    @Override
    public void write(FlowRecord flow, FloatBuffer row, int offset) {
      row.put(offset, flow.identity().sourcePort());
    }
  }

  private static ViewDescription view(String name) {
    ViewDescription.Column column = new ViewDescription.Column("column", "count", "A number.");
    return new ViewDescription(name, "1.0", List.of(1), List.of(column));
  }

  /** Every host has one flow; a record after every other packet, and one in the end. */
  private static final class Table implements FlowTable {
    private record Flow(FlowIdentity who, long startNanos, int packets) {}

    private final Map<Long, Flow> flows = new LinkedHashMap<>();
    private final FlowListener listener;
    private long clock = Long.MIN_VALUE;

    Table(FlowListener listener) {
      this.listener = listener;
    }

    @Override
    public void accept(PacketHeaders packet, boolean truncated) {
      advance(packet.timeNanos);
      Flow known = flows.get(packet.sourceLow);
      FlowIdentity who =
          new FlowIdentity(
              false, 0, packet.sourceLow, (int) packet.sourceLow, 0, 9, 80, 6, 0, false);
      Flow flow =
          known == null
              ? new Flow(who, packet.timeNanos, 1)
              : new Flow(who, known.startNanos, known.packets + 1);
      flows.put(packet.sourceLow, flow);
      if (known == null) {
        listener.onStart(record(flow, EndReason.CHECKPOINT));
      } else if (flow.packets % 2 == 0) {
        listener.onFlow(record(flow, EndReason.CHECKPOINT));
      }
    }

    @Override
    public void advance(long nowNanos) {
      clock = Math.max(clock, nowNanos);
    }

    @Override
    public void flush() {
      flows.values().stream()
          .sorted((a, b) -> Long.compare(a.startNanos, b.startNanos))
          .forEach(flow -> listener.onFlow(record(flow, EndReason.END_OF_CAPTURE)));
      flows.clear();
      clock = Long.MIN_VALUE;
    }

    @Override
    public FlowCounters counters() {
      return new FlowCounters(flows.size(), 0, Map.of());
    }

    private FlowRecord record(Flow flow, EndReason reason) {
      DirectionRecord none =
          answering(
              DirectionRecord.class,
              Map.of("packets", 1L, "ipBytes", 1L, "payloadBytes", 0L, "flagCount", 0L));
      Map<String, Object> answers = new LinkedHashMap<>();
      answers.put("flowId", flow.who.sourceLow());
      answers.put("identity", flow.who);
      answers.put("protocol", 6);
      answers.put("startNanos", flow.startNanos);
      answers.put("lastNanos", clock);
      answers.put("writtenNanos", clock);
      answers.put("reason", reason);
      answers.put("checkpoint", 1);
      answers.put("history", "");
      answers.put("forward", none);
      answers.put("backward", none);
      return answering(FlowRecord.class, answers);
    }
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                answers.getOrDefault(
                    method.getName(), method.getReturnType() == long.class ? (Object) 0L : 0)));
  }

  private static final class Decoder implements PacketDecoder {
    @Override
    public DecodeResult decode(Frame frame, PacketHeaders into) {
      into.timeNanos = frame.timeNanos;
      into.sourceLow = frame.capturedLength;
      into.destinationLow = 9;
      return frame.capturedLength == 0 ? DecodeResult.NOT_IP : DecodeResult.OK;
    }
  }

  private Lanes lanes(int count, Set<String> wanted) {
    List<View> installed = List.of(new Counting(), new Port());
    Wiring wiring =
        new Wiring(
            new Settings(key -> null),
            FlowSettings.DEFAULT,
            Decoder::new,
            (settings, listener) -> new Table(listener),
            () -> installed,
            () -> 0,
            wanted,
            new DetectorPool(Limits.DEFAULT, () -> false, PluginRoles.ALL),
            new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL),
            mode -> EventOutput.NONE,
            Optional.empty(),
            anew -> Exclusions.none(),
            Map::of);
    return Lanes.ofViews(wiring, count, Lanes.Feed.WHOLE, new Output());
  }

  private final class Output implements LaneOutput {
    @Override
    public void onRow(ScoredBatch scored, int row) {
      StringBuilder line = new StringBuilder(scored.batch().flow(row).toString());
      for (View view : scored.batch().views()) {
        line.append(' ').append(scored.batch().view(view.description().name()).get(row));
      }
      rows.add(line.toString());
    }

    @Override
    public void onEnd(long nanos) {
      ends.add(nanos);
    }
  }

  private static void feed(Pipeline pipeline, List<Packet> packets) {
    Frame frame = new Frame();
    for (Packet packet : packets) {
      frame.timeNanos = packet.nanos;
      frame.capturedLength = packet.host;
      frame.wireLength = packet.host;
      pipeline.lane().onFrame(frame);
    }
  }

  /** Two captures, the second of an earlier time. */
  private Map<String, Long> run(int count, Set<String> wanted) throws Exception {
    shown.clear();
    rows.clear();
    ends.clear();
    List<Packet> packets = packets();
    try (Lanes lanes = lanes(count, wanted);
        ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<?>> done = new ArrayList<>();
      for (Pipeline pipeline : lanes.pipelines()) {
        done.add(
            threads.submit(
                () -> {
                  feed(pipeline, packets);
                  pipeline.end();
                  feed(pipeline, packets.subList(0, FRAMES / 10));
                  pipeline.finish();
                }));
      }
      for (Future<?> lane : done) {
        lane.get(1, TimeUnit.MINUTES);
      }
      return lanes.counters();
    }
  }

  /** Bursts of equal times, steps back, and a flood of hosts that are seen once. */
  private static List<Packet> packets() {
    Random random = new Random(7);
    List<Packet> packets = new ArrayList<>();
    long nanos = 1_000_000_000_000L;
    for (int i = 0; i < FRAMES; i++) {
      nanos += random.nextInt(3) == 0 ? random.nextInt(20_000_000) : 0;
      long time = random.nextInt(20) == 0 ? nanos - 5_000_000 : nanos;
      packets.add(new Packet(time, random.nextInt(10) == 0 ? i : random.nextInt(40)));
    }
    return packets;
  }

  @Test
  void anyNumberOfLanesGivesTheSameRowsInTheSameOrder() throws Exception {
    Map<String, Long> counted = run(1, Set.of("counting", "port"));
    List<String> expectedRows = List.copyOf(rows);
    List<String> expectedShown = List.copyOf(shown);
    List<Long> expectedEnds = List.copyOf(ends);
    assertThat(expectedRows).hasSizeGreaterThan(FRAMES / 3);
    assertThat(expectedShown).hasSizeGreaterThan(expectedRows.size());
    assertThat(counted)
        .containsEntry("decoder.packets", FRAMES + FRAMES / 10L)
        .containsEntry("context.out_of_order", 0L)
        .containsEntry("context.counting.records", (long) expectedRows.size()); // of both captures
    for (int lanes : new int[] {2, 3, 4}) {
      assertThat(run(lanes, Set.of("counting", "port"))).isEqualTo(counted);
      assertThat(shown).isEqualTo(expectedShown);
      assertThat(rows).isEqualTo(expectedRows);
      assertThat(ends).isEqualTo(expectedEnds);
    }
  }

  @Test
  void nothingIsShownToAContextThatNobodyReads() throws Exception {
    run(2, Set.of("port"));
    assertThat(shown).isEmpty();
    assertThat(rows).isNotEmpty();
  }

  @Test
  void everyCaptureBeginsWithAnEmptyMemory() throws Exception {
    run(2, Set.of("counting"));
    assertThat(rows.stream().filter(row -> row.endsWith(" 1.0"))).hasSize(2);
  }
}
