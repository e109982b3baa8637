package io.caracal.api.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.detect.Suspicion.Role;
import io.caracal.api.flow.FlowIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostEvidenceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AttackClass SCAN = new AttackClass("scan", "T1046");
  private static final AttackClass FLOOD = new AttackClass("flood", "T1498");

  private final HostEvidence hosts = new HostEvidence(1000, 300 * SECOND);
  private long flows;

  private static FlowIdentity who(int source, int destination, int port) {
    return new FlowIdentity(
        false, 0, 0x0a000000L + source, 40_000, 0, 0x0a010000L + destination, port, 6, 0, false);
  }

  private List<Suspicion> see(
      double second, FlowIdentity who, double tail, AttackClass attackClass, double threshold) {
    return hosts.add(
        new JudgedFlow(flows++, who, (long) (second * SECOND), tail, attackClass, true), threshold);
  }

  private List<Suspicion> see(double second, FlowIdentity who, double tail) {
    return see(second, who, tail, SCAN, 0);
  }

  private static double evidence(List<Suspicion> suspicions, Role role) {
    return suspicions.stream()
        .filter(s -> s.role() == role)
        .mapToDouble(Suspicion::evidence)
        .findFirst()
        .orElse(0);
  }

  @Test
  void countsForSourceAndPair() {
    see(0, who(1, 1, 80), 0.001);
    List<Suspicion> second = see(0, who(1, 2, 443), 0.0001);
    // 0.99 of the first; of the second 2 less 0.01 for its own pair and service.
    assertThat(evidence(second, Role.SOURCE)).isCloseTo(0.99 + 1.99, within(1e-9));
    assertThat(evidence(second, Role.PAIR)).isCloseTo(1.99, within(1e-9));
    assertThat(second).noneMatch(s -> s.role() == Role.VICTIM);
    assertThat(second.getFirst().host()).isEqualTo("10.0.0.1");
    assertThat(second.getFirst().count()).isEqualTo(2);
  }

  @Test
  void boundsWhatOneFlowGivesAndFadesWithTime() {
    assertThat(see(0, who(1, 1, 80), 0, SCAN, 1.991)).isEmpty();
    double later = evidence(see(3600, who(1, 1, 443), 0.001), Role.SOURCE);
    // An hour later the short memory is empty and the long one has exp(-1/4) left.
    assertThat(later).isCloseTo(1.99 * Math.exp(-0.25) + 0.99, within(1e-6));
  }

  @Test
  void countsRepetitionsOfOneServiceLess() {
    double same = 0;
    double different = 0;
    for (int i = 0; i < 100; i++) {
      same = evidence(see(0, who(1, 1, 80), 0.001), Role.SOURCE);
      different = evidence(see(0, who(2, 1, i), 0.001), Role.SOURCE);
    }
    assertThat(different).isCloseTo(99, within(1e-6));
    assertThat(same).isBetween(18.0, 19.0);
  }

  @Test
  void trafficAloneMakesNobodySuspicious() {
    Random random = new Random(7);
    double most = 0;
    for (int i = 0; i < 200_000; i++) {
      FlowIdentity who = who(random.nextInt(4), random.nextInt(50), 1 + random.nextInt(20));
      most =
          Math.max(
              most,
              see(i / 20.0, who, 1 - random.nextDouble()).stream()
                  .mapToDouble(Suspicion::evidence)
                  .max()
                  .orElse(0));
    }
    assertThat(most).isLessThan(6);
  }

  @Test
  void findsWhatNoSingleFlowShows() {
    List<Suspicion> last = List.of();
    for (int port = 1; port <= 40 && last.isEmpty(); port++) {
      last = see(port * 30, who(9, 1, port), 0.004, SCAN, 5);
    }
    assertThat(last).extracting(Suspicion::role).contains(Role.SOURCE);
    Suspicion slow = last.getFirst();
    assertThat(slow.attackClass()).isEqualTo(SCAN);
    assertThat(slow.sinceNanos()).isEqualTo(30 * SECOND);
    assertThat(slow.flows()).hasSize((int) slow.count());
    assertThat(slow.count()).isBetween(13L, 25L);
  }

  @Test
  void aVictimNeedsSeveralSources() {
    List<Suspicion> two = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      two.addAll(see(0, who(i % 2, 7, 80), 0.0001));
    }
    assertThat(two).noneMatch(s -> s.role() == Role.VICTIM);
    assertThat(see(0, who(3, 7, 80), 0.0001))
        .filteredOn(s -> s.role() == Role.VICTIM)
        .singleElement()
        .satisfies(s -> assertThat(s.host()).isEqualTo("10.1.0.7"));
  }

  @Test
  void aFlowCountsOnceWithItsStrongestJudgement() {
    FlowIdentity who = who(1, 1, 22);
    hosts.add(new JudgedFlow(5, who, 0, 0.005, SCAN, false), 0);
    hosts.add(new JudgedFlow(5, who, 0, 0.002, SCAN, false), 0);
    List<Suspicion> weaker = hosts.add(new JudgedFlow(5, who, 0, 0.5, SCAN, true), 0);
    assertThat(weaker).isEmpty();
    double next = evidence(see(0, who(1, 1, 23), 0.001), Role.SOURCE);
    // 0.30 - 0.01, then 0.40 more of a service that one flow went to already.
    double first = Math.log10(2) - 0.01 + Math.log10(2.5) / Math.sqrt(2);
    assertThat(next).isCloseTo(first + 0.99, within(1e-9));
  }

  @Test
  void whatWasToldStartsFromNothing() {
    for (int port = 1; port <= 5; port++) {
      see(0, who(1, 1, port), 0.0001, SCAN, 5);
    }
    assertThat(see(100, who(1, 1, 6), 0.001, SCAN, 5)).isNotEmpty();
    assertThat(see(401, who(1, 1, 7), 0.0001, SCAN, 5)).isEmpty();
  }

  @Test
  void namesTheClassWithMostEvidence() {
    see(0, who(1, 1, 1), 0.005, SCAN, 0);
    see(0, who(1, 1, 2), 0.005, SCAN, 0);
    assertThat(see(0, who(1, 1, 3), 0.0005, FLOOD, 0).getFirst().attackClass()).isEqualTo(FLOOD);
  }

  @Test
  void isBoundedAndCountsWhatItForgets() {
    for (int host = 0; host < 5000; host++) {
      see(0, who(host, host, 80), 0.001);
    }
    assertThat(hosts.size()).isEqualTo(1000);
    // A source, a pair and a victim each.
    assertThat(hosts.forgotten()).isEqualTo(3 * 5000 - 1000);
    hosts.clear();
    assertThat(hosts.size()).isZero();
  }
}
