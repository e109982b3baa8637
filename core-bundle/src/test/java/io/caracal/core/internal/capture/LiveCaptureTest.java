package io.caracal.core.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.SourceRequest;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.exclusion.Exclusions;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.lane.Lanes;
import io.caracal.core.internal.lane.Session;
import io.caracal.core.internal.lane.Wiring;
import io.caracal.core.internal.sink.EventOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class LiveCaptureTest {
  private final Wire wire = new Wire();
  private final Wire.Source source = wire.source("fake", 0);
  private final SourcePool pool = new SourcePool(PluginRoles.ALL, bundle -> Version.emptyVersion);
  private final Events events = new Events();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger broken = new AtomicInteger();

  private Optional<String> end = Optional.empty();
  private List<String> notices = List.of();

  @BeforeEach
  void install() {
    pool.bindSource(source, source.properties);
  }

  /** Keeps what it gets. */
  private static final class Events implements EventOutput {
    final List<SensorEvent> all = new CopyOnWriteArrayList<>();

    @Override
    public void accept(SensorEvent event) {
      all.add(event);
    }

    @Override
    public Map<String, Object> counters() {
      return Map.of();
    }

    @Override
    public List<String> notices() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  /** Finds a flow's packet in every frame, after having thrown as often as it is told to. */
  private final class Decoder implements PacketDecoder {
    @Override
    public DecodeResult decode(Frame frame, PacketHeaders into) {
      if (broken.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
        throw new IllegalStateException("broken");
      }
      threads.add(Thread.currentThread().getName());
      return DecodeResult.OK;
    }
  }

  /** Knows how many flows it may hold, and counts packets as flows. */
  private static final class Table implements FlowTable {
    private final int room;
    private long created;

    Table(FlowSettings settings) {
      room = settings.maxFlows();
    }

    @Override
    public void accept(PacketHeaders packet, boolean truncated) {
      created++;
    }

    @Override
    public void advance(long nowNanos) {}

    @Override
    public void flush() {}

    @Override
    public FlowCounters counters() {
      return new FlowCounters(room, created, Map.of(EndReason.IDLE, 0L));
    }
  }

  private Session session(int lanes) {
    return new Session(
        new Wiring(
            new Settings(key -> null),
            FlowSettings.DEFAULT,
            Decoder::new,
            (settings, listener) -> new Table(settings),
            List::of,
            () -> 0,
            Set.of(),
            new DetectorPool(Limits.DEFAULT, () -> false, PluginRoles.ALL),
            new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL),
            mode -> events,
            Optional.empty(),
            anew -> Exclusions.none(),
            Map::of),
        lanes,
        Lanes.Feed.SPLIT,
        (scored, row) -> {});
  }

  private LiveCapture open(int lanes, String... names) throws IOException {
    Map<InterfaceName, SourceRequest> requests =
        List.of(names).stream()
            .collect(
                Collectors.toMap(
                    name -> InterfaceName.parse(name, InterfaceName.AUTO),
                    name -> SourceRequest.live(name, "", 262_144, 0, 0, true)));
    return LiveCapture.open(
        requests, new CaptureSettings(lanes, Duration.ofSeconds(5), Duration.ZERO), pool);
  }

  /** Sends packets to the interfaces in turn, reads them all and returns the last counters. */
  private Map<String, Object> run(int lanes, int packets, String... names) throws IOException {
    try (LiveCapture capture = open(lanes, names)) {
      for (int i = 0; i < packets; i++) {
        wire.send(names[i % names.length], i / names.length);
      }
      Session session = session(lanes);
      try (session) {
        session.source(capture::counters);
        end = capture.run(session.lanes(), () -> true, () -> {});
        notices = capture.notices();
      }
      return session.counters();
    }
  }

  @Test
  void everyLaneReadsItsShareOfEveryInterfaceToTheLastPacket() throws IOException {
    Map<String, Object> counters = run(2, 10_000, "a", "b");
    assertThat(counters)
        .containsEntry("capture.packets", 10_000L)
        .containsEntry("capture.bytes", 600_000L)
        .containsEntry("capture.a.packets", 5_000L)
        .containsEntry("capture.b.packets", 5_000L)
        .containsEntry("capture.a.source", "fake")
        .containsEntry("decoder.ok", 10_000L)
        .containsEntry("flow.created", 10_000L);
    assertThat(threads).containsExactlyInAnyOrder("caracal-lane-0", "caracal-lane-1");
    assertThat(wire.opened(source)).isZero();
  }

  @Test
  void lanesShareTheRoomForFlows() throws IOException {
    assertThat(run(4, 0, "a")).containsEntry("flow.active", (long) FlowSettings.DEFAULT.maxFlows());
  }

  @Test
  void statsAreOfTheWholeSensor() throws IOException {
    Map<String, Object> counters = run(2, 1_000, "a");
    assertThat(events.all).hasSize(1);
    StatsEvent last = (StatsEvent) events.all.getFirst();
    assertThat(last.counters()).containsEntry("decoder.ok", 1_000L);
    assertThat(last.counters().get("capture.a.packets")).isEqualTo(counters.get("decoder.ok"));
  }

  @Test
  void aPacketThatBreaksTheLaneIsCountedAndTheNextOneIsTaken() throws IOException {
    broken.set(3);
    assertThat(run(1, 5, "a")).containsEntry("lane_failures", 3L).containsEntry("decoder.ok", 2L);
    assertThat(end).isEmpty();
  }

  @Test
  void aLaneThatOnlyFailsEndsTheRunAndSaysWhy() throws IOException {
    broken.set(Integer.MAX_VALUE);
    assertThat(run(1, 2_000, "a")).containsEntry("lane_failures", 1_000L);
    assertThat(end).hasValueSatisfying(why -> assertThat(why).contains("broken"));
    assertThat(wire.opened(source)).isZero();
  }

  @Test
  void anInterfaceThatDoesNotOpenHoldsUpNoOther() throws IOException {
    source.refuse("a", "a is down");
    assertThat(run(1, 10, "a", "b"))
        .containsEntry("capture.a.source", "none")
        .containsEntry("capture.b.packets", 5L);
    assertThat(notices).containsExactly("a is not captured yet: a is down");
  }

  @Test
  void ifNoInterfaceOpensTheReasonIsSaidOnce() {
    source.refusal = "no privilege";
    assertThatThrownBy(() -> open(1, "a", "b"))
        .isInstanceOf(IOException.class)
        .hasMessage("no privilege");
    assertThat(wire.opened(source)).isZero();
  }
}
