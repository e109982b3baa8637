package io.caracal.core.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.HostEvidence;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.AddressBlock;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.alert.AlertBook;
import io.caracal.core.internal.alert.AlertRules;
import io.caracal.core.internal.alert.Explainer;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.exclusion.Exclusions;
import io.caracal.core.internal.exclusion.HomeNetworks;
import io.caracal.core.internal.guard.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventMakerTest {
  private static final AttackClass SCAN = new AttackClass("scan", "T1046");
  private static final AttackClass FLOOD = new AttackClass("flood", "T1498");
  private static final int PORTS = 40;

  private final List<SensorEvent> events = new ArrayList<>();
  private final Settings settings = new Settings(key -> null);
  private final DetectorPool detectors =
      new DetectorPool(Limits.DEFAULT, () -> false, PluginRoles.ALL);
  private final AlertBook book = new AlertBook(AlertRules.DEFAULT, events::add);
  private final EventMaker maker = maker(Exclusions.none());

  private EventMaker maker(Exclusions exclusions) {
    return new EventMaker(
        book,
        new Explainer(
            new Panels(settings, detectors, new EnsemblePool(Limits.DEFAULT, PluginRoles.ALL)),
            new Cascade(detectors, settings, false),
            ensemble -> 1,
            5,
            false),
        new HostEvidence(1000, Duration.ofMinutes(5).toNanos()),
        exclusions,
        events::add);
  }

  /** A flow from one host to each of 40 ports, none of them a detection. */
  private void scan(float probability, AttackClass attackClass, double hostThreshold) {
    scan(maker, probability, attackClass, hostThreshold);
  }

  private static void scan(
      EventMaker maker, float probability, AttackClass attackClass, double hostThreshold) {
    FlowBatch batch = new FlowBatch(PORTS, List.of());
    Judgements judgements = new Judgements(PORTS);
    judgements.reset(PORTS);
    for (int port = 0; port < PORTS; port++) {
      batch.addRow(
          new FlowIdentity(false, 0, 0x0a000001L, 4000, 0, 0x0a010001L, port, 6, 0, false),
          1,
          1,
          Map.of());
      judgements.set(port, probability, 0.002f, 0.1f, attackClass);
    }
    ScoredBatch scored =
        new ScoredBatch(
            batch, List.of(), judgements, 0.9, hostThreshold, Optional.empty(), Evidence.NONE);
    for (int row = 0; row < PORTS; row++) {
      maker.onRow(scored, row);
    }
  }

  private <T> Stream<T> told(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }

  @Test
  void manyFlowsBelowTheThresholdMakeOneAlert() {
    scan(0.5f, SCAN, 5);
    List<Suspicion> hosts =
        told(AnomalyEvent.class).flatMap(event -> event.detection().host().stream()).toList();
    // Each gives 0.70 - 0.01: the eighth reaches 5.
    assertThat(hosts).hasSize(PORTS - 7);
    assertThat(hosts.getFirst().count()).isEqualTo(8);
    assertThat(hosts.getFirst().role()).isEqualTo(Suspicion.Role.SOURCE);
    book.flush(1);
    AlertEvent closed = told(AlertEvent.class).toList().getLast();
    assertThat(told(AlertEvent.class).map(AlertEvent::id).distinct()).containsExactly(closed.id());
    assertThat(told(AnomalyEvent.class).map(event -> event.alert().orElseThrow()).distinct())
        .containsExactly(closed.id());
    assertThat(closed.flows()).isEqualTo(PORTS);
    assertThat(closed.portCount()).isEqualTo(PORTS);
    assertThat(closed.attacker()).isEqualTo("10.0.0.1");
    assertThat(closed.strongest().attackClass()).isEqualTo(SCAN);
  }

  @Test
  void joinsTheAlertThatIsOpenAboutTheHost() {
    scan(0.95f, FLOOD, 5);
    scan(0.5f, SCAN, 5);
    assertThat(told(AlertEvent.class).map(AlertEvent::id).distinct()).hasSize(1);
    assertThat(told(AnomalyEvent.class)).hasSize(2 * PORTS);
  }

  @Test
  void whatIsExcludedIsNoEvidenceButIsToldAndCounted() {
    MemoryStore store = new MemoryStore(AddressBlock.of("10.0.0.0/24"));
    try (Exclusions exclusions = Exclusions.of(store, HomeNetworks.of(new Settings(key -> null)))) {
      EventMaker excluding = maker(exclusions);
      scan(excluding, 0.95f, SCAN, 5);
      assertThat(told(AlertEvent.class)).isEmpty();
      assertThat(told(AnomalyEvent.class))
          .hasSize(PORTS)
          .allSatisfy(
              event -> {
                assertThat(event.exclusion()).hasValue(MemoryStore.ID);
                assertThat(event.alert()).isEmpty();
              });
      scan(excluding, 0.5f, SCAN, 5);
      assertThat(told(AlertEvent.class)).as("evidence against the host").isEmpty();
      assertThat(excluding.counters()).containsEntry("hosts.suspected", 0L);
    }
    assertThat(store.hits()).isEqualTo(2L * PORTS);
  }

  @Test
  void someDetectionsOfEachAlertAreKept() {
    MemoryStore store = new MemoryStore(AddressBlock.of("192.0.2.1"));
    try (Exclusions exclusions = Exclusions.of(store, HomeNetworks.of(new Settings(key -> null)))) {
      EventMaker keeping = maker(exclusions);
      for (int round = 0; round < 10; round++) {
        scan(keeping, 0.95f, SCAN, 5);
      }
    }
    assertThat(store.hits()).isZero();
    assertThat(store.kept()).hasSize(ExclusionStore.KEPT);
    assertThat(store.left()).isEqualTo(10L * PORTS - ExclusionStore.KEPT);
  }

  @Test
  void judgesFlowsAloneWhereTheEnsembleKnowsNoHosts() {
    scan(0.5f, SCAN, Double.POSITIVE_INFINITY);
    assertThat(told(AnomalyEvent.class)).isEmpty();
    assertThat(maker.counters()).containsEntry("hosts.suspected", 0L);
  }
}
