package io.caracal.core.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.DriftEvent.State;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.ensemble.EnsembleDescriptor;
import io.caracal.core.internal.ensemble.LogisticEnsemble;
import io.caracal.core.internal.site.SyntheticSite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
  private static final int WINDOW = 2_000;
  private static final int HOSTS = 40;

  private final List<DriftEvent> events = new ArrayList<>();
  private final DriftWatch watch;

  DriftWatchTest() throws IOException {
    LogisticEnsemble shipped =
        new LogisticEnsemble(EnsembleDescriptor.read(SyntheticSite.shipped()));
    watch =
        new DriftWatch(
            () -> Optional.of(shipped),
            new Settings(key -> key.equals("caracal.drift.window") ? "" + WINDOW : null),
            events::add);
  }

  private Object state() {
    return watch.counters().get("drift.state");
  }

  @Test
  void stationaryTrafficIsStable() throws IOException {
    new SyntheticSite(3, 1).benign(watch, 10 * WINDOW, HOSTS, 0);
    assertThat(state()).isEqualTo("stable");
    assertThat(events).isEmpty();
    assertThat(watch.counters().get("drift.windows")).isEqualTo(10L);
  }

  @Test
  void aShiftIsFoundWithinTwoWindows() throws IOException {
    new SyntheticSite(3, 1).benign(watch, 3 * WINDOW, HOSTS, 0);
    new SyntheticSite(4, 2).benign(watch, 2 * WINDOW, HOSTS, 3 * WINDOW);
    assertThat(events).extracting(DriftEvent::state).containsExactly(State.SUSPECTED, State.DRIFT);
    DriftEvent drift = events.getLast();
    assertThat(drift.index()).isGreaterThan(0.25);
    assertThat(drift.detectors()).containsKey("distance");
    assertThat(drift.sinceNanos())
        .isGreaterThanOrEqualTo(SyntheticSite.START + (3 * WINDOW - 1) * SyntheticSite.SECOND);
    assertThat(drift.hosts()).isEqualTo(HOSTS);
  }

  @Test
  void simplerTrafficIsDriftToo() throws IOException {
    new SyntheticSite(3, 0.3).benign(watch, 2 * WINDOW, HOSTS, 0);
    assertThat(state()).isEqualTo("drift");
  }

  @Test
  void aBriefShiftIsNoDrift() throws IOException {
    new SyntheticSite(4, 2).benign(watch, WINDOW, HOSTS, 0);
    new SyntheticSite(3, 1).benign(watch, 2 * WINDOW, HOSTS, WINDOW);
    assertThat(events).extracting(DriftEvent::state).containsExactly(State.SUSPECTED, State.STABLE);
  }

  @Test
  void aFloodOfOneHostIsNoDrift() throws IOException {
    SyntheticSite site = new SyntheticSite(3, 1);
    for (int second = 0; second < 4 * WINDOW; second++) {
      // Not found by the supervised detector, and so not by the ensemble.
      SyntheticSite.flow(watch, 77, second, 2.5, 0.0001);
      SyntheticSite.flow(watch, 77, second, 2.5, 0.0001);
      site.benign(watch, 1, 1 + second % HOSTS, second);
    }
    assertThat(events).extracting(DriftEvent::state).doesNotContain(State.DRIFT);
  }

  @Test
  void aFloodOfManySourcesIsNoDrift() throws IOException {
    SyntheticSite site = new SyntheticSite(3, 1);
    site.benign(watch, 3 * WINDOW, HOSTS, 0);
    for (int i = 0; i < 4 * WINDOW; i++) {
      SyntheticSite.flow(watch, 300 + i, 3 * WINDOW + i / 100, 2.5, 0.0001);
    }
    site.benign(watch, 2 * WINDOW, HOSTS, 3 * WINDOW + 80);
    assertThat(events).extracting(DriftEvent::state).containsExactly(State.SUSPECTED, State.STABLE);
  }

  @Test
  void aDetectedAttackIsNoDrift() throws IOException {
    SyntheticSite site = new SyntheticSite(3, 1);
    for (int second = 0; second < 4 * WINDOW; second++) {
      SyntheticSite.flow(watch, 77, second, second % 10 == 0 ? 20 : 4, second % 10 == 0 ? 1 : 0.5);
      site.benign(watch, 1, 1, second);
    }
    assertThat(state()).isEqualTo("stable");
    assertThat(events).isEmpty();
  }
}
