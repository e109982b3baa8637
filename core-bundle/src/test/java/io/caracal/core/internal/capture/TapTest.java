package io.caracal.core.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.SourceRequest;
import io.caracal.api.plugin.PluginRoles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class TapTest {
  private final Wire wire = new Wire();
  private final Wire.Source best = wire.source("best", 30);
  private final Wire.Source good = wire.source("good", 20);
  private final SourcePool pool = new SourcePool(PluginRoles.ALL, bundle -> Version.emptyVersion);
  private final Notices notices = new Notices();
  private final List<Long> seen = new ArrayList<>();
  private Tap tap = tap(InterfaceName.AUTO, 1);

  private Tap tap(String source, int lanes) {
    return new Tap(
        new InterfaceName(source, "wire0"),
        SourceRequest.live("wire0", "", 262_144, 0, 0, true),
        new CaptureSettings(lanes, Duration.ZERO, Duration.ZERO),
        pool,
        notices);
  }

  private void install(Wire.Source source) {
    pool.bindSource(source, source.properties);
  }

  private void remove(Wire.Source source) {
    pool.unbindSource(source);
  }

  private void seen(Frame frame) {
    seen.add(frame.timeNanos);
  }

  /** What a lane does in one round, until asked-for changes are made. */
  private void poll() {
    do {
      tap.feeds().forEach(feed -> feed.poll(this::seen, 4096, 0));
    } while (tap.feeds().stream().anyMatch(Feed::changing));
  }

  private Object counter(String name) {
    Map<String, Object> counters = new LinkedHashMap<>();
    tap.count(counters);
    return counters.get("capture.wire0." + name);
  }

  @AfterEach
  void close() {
    tap.finish();
    tap.close();
    assertThat(wire.opened(best) + wire.opened(good)).as("inputs left open").isZero();
  }

  @Test
  void takesTheSourceOfHighestRanking() throws IOException {
    install(good);
    install(best);
    tap.open();
    assertThat(counter("source")).isEqualTo("best");
    assertThat(notices.sentences()).isEmpty();
  }

  @Test
  void saysWhichSourceDidNotOpenAndWhichWasTaken() throws IOException {
    install(best);
    install(good);
    best.refusal = "this kernel has no ring";
    tap.open();
    poll();
    tap.supervise();
    assertThat(counter("source")).isEqualTo("good");
    assertThat(notices.sentences())
        .containsExactly("wire0 is captured through good, not best: this kernel has no ring");
  }

  @Test
  void aReasonThatAllSourcesGiveIsSaidOnce() {
    install(best);
    install(good);
    best.refusal = "wire0 is not an interface";
    good.refusal = best.refusal;
    assertThatThrownBy(tap::open).isInstanceOf(IOException.class).hasMessage(best.refusal);
    good.refusal = "no libpcap";
    assertThatThrownBy(tap::open).hasMessage("wire0 is not an interface; no libpcap");
  }

  @Test
  void aSourceThatIsNotInstalledIsAnErrorThatNamesThoseWhichAre() {
    install(best);
    install(good);
    tap = tap("dpdk", 1);
    assertThatThrownBy(tap::open)
        .hasMessage(
            "no packet source 'dpdk' is installed to capture wire0; choose one of best, good");
  }

  @Test
  void aSourceThatIsNamedIsKeptThoughABetterOneIsInstalled() throws IOException {
    install(best);
    install(good);
    tap = tap("good", 1);
    tap.open();
    poll();
    tap.supervise();
    assertThat(counter("source")).isEqualTo("good");
  }

  @Test
  void aSourceThatCannotSplitFeedsTheFirstLane() throws IOException {
    install(good);
    good.splits = false;
    tap = tap(InterfaceName.AUTO, 2);
    tap.open();
    poll();
    wire.send("wire0", 1);
    assertThat(tap.feeds().get(1).poll(this::seen, 10, 0)).isZero();
    assertThat(tap.feeds().get(0).poll(this::seen, 10, 0)).isEqualTo(1);
    assertThat(notices.sentences())
        .containsExactly("wire0 cannot be split by good: all its packets go to the first lane");
  }

  @Test
  void aFailedInterfaceIsReportedOnceAndCapturedAgain() throws IOException {
    install(good);
    tap.open();
    poll();
    wire.send("wire0", 0);
    wire.fail("wire0", "wire0 is down");
    good.refusal = "wire0 is down";
    for (int i = 0; i < 5; i++) {
      poll();
      tap.supervise();
    }
    assertThat(counter("source")).isEqualTo("none");
    good.refusal = "";
    tap.supervise();
    poll();
    wire.send("wire0", 0);
    poll();
    assertThat(seen).hasSize(2);
    assertThat(counter("packets")).isEqualTo(2L);
    assertThat(counter("reopened")).isEqualTo(1L);
    assertThat(notices.sentences())
        .containsExactly(
            "wire0 is not captured any more and is tried again every 0 s: wire0 is down",
            "wire0 is captured again, through good");
  }

  @Test
  void aBetterSourceGoesOnWhereTheOtherStopped() throws IOException {
    install(good);
    tap.open();
    poll();
    List<Long> sent = new ArrayList<>();
    sent.add(wire.send("wire0", 0)); // only the old input has it
    install(best);
    tap.supervise();
    assertThat(wire.opened(good) + wire.opened(best)).as("both are open").isEqualTo(2);
    sent.add(wire.send("wire0", 0)); // both have it
    poll();
    sent.add(wire.send("wire0", 0)); // only the new input has it
    poll();
    assertThat(seen).isEqualTo(sent);
    assertThat(counter("source")).isEqualTo("best");
    assertThat(counter("already_seen")).isEqualTo(1L);
    assertThat(counter("packets")).isEqualTo(4L);
  }

  @Test
  void aBetterSourceThatDoesNotOpenIsTriedOnce() throws IOException {
    install(good);
    tap.open();
    poll();
    best.refusal = "this kernel has no ring";
    install(best);
    tap.supervise();
    tap.supervise();
    assertThat(notices.sentences())
        .containsExactly("wire0 stays with good: this kernel has no ring");
    remove(best);
    best.refusal = "";
    tap.supervise();
    install(best);
    tap.supervise();
    poll();
    assertThat(counter("source")).isEqualTo("best");
  }

  @Test
  void aSourceThatGoesAwayIsReleasedBeforeItIsGone() throws Exception {
    install(good);
    install(best);
    tap.open();
    poll();
    List<Long> sent = new ArrayList<>();
    sent.add(wire.send("wire0", 0));
    Thread unbind = Thread.ofPlatform().start(() -> remove(best));
    while (unbind.isAlive()) {
      poll();
    }
    assertThat(wire.opened(best)).isZero();
    assertThat(wire.opened(good)).isEqualTo(1);
    sent.add(wire.send("wire0", 0));
    poll();
    assertThat(seen).isEqualTo(sent);

    Thread last = Thread.ofPlatform().start(() -> remove(good));
    while (last.isAlive()) {
      poll();
    }
    assertThat(wire.opened(good)).isZero();
    assertThat(notices.sentences()).hasSize(1).first().asString().contains("good goes away");
    install(best);
    tap.supervise();
    poll();
    assertThat(counter("source")).isEqualTo("best");
  }

  @Test
  void nothingIsLostOrDoubledWhileSourcesComeAndGo() throws Exception {
    install(good);
    tap = tap(InterfaceName.AUTO, 2);
    tap.open();
    List<Long> sent = new ArrayList<>();
    Thread network =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    install(best);
                    send(sent, 500);
                    remove(best);
                    send(sent, 500);
                  }
                });
    while (network.isAlive()) {
      tap.supervise();
      poll();
    }
    poll();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(counter("packets")).isEqualTo(sent.size() + (Long) counter("already_seen"));
  }

  private void send(List<Long> sent, int packets) {
    for (int i = 0; i < packets; i++) {
      sent.add(wire.send("wire0", i));
      LockSupport.parkNanos(20_000);
    }
  }
}
