package io.caracal.api.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.ExclusionScope.Direction;
import io.caracal.api.alert.ExclusionScope.Ports;
import io.caracal.api.flow.AddressBlock;
import io.caracal.api.flow.FlowIdentity;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionScopeTest {
  private static final ExclusionScope ANY =
      new ExclusionScope(
          "",
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty());

  private final Random random = new Random(11);

  private <T> Optional<T> perhaps(T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  /** Of a world so small that scopes often meet. */
  private ExclusionScope scope() {
    int first = random.nextInt(4);
    return new ExclusionScope(
        random.nextInt(3) == 0 ? "forest" : "",
        random.nextInt(3) == 0 ? "scan" : "",
        perhaps(AddressBlock.of(false, 0, 0x0A000000L + random.nextInt(4), 29 + random.nextInt(4))),
        perhaps(AddressBlock.of(false, 0, 0x0A000000L + random.nextInt(4), 29 + random.nextInt(4))),
        perhaps(new Ports(first, first + random.nextInt(3))),
        perhaps(Direction.values()[random.nextInt(2)]),
        random.nextInt(4) == 0 ? OptionalInt.of(random.nextInt(2) + 1) : OptionalInt.empty());
  }

  private FlowIdentity flow(int protocol, int vlan) {
    return new FlowIdentity(
        false,
        0,
        0x0A000000L + random.nextInt(4),
        4000,
        0,
        0x0A000000L + random.nextInt(4),
        random.nextInt(6),
        protocol,
        vlan,
        false);
  }

  @Test
  void containsAndMeetsAgreeWithWhatIsCovered() {
    int contained = 0;
    for (int i = 0; i < 200_000; i++) {
      ExclusionScope one = scope();
      ExclusionScope other = scope();
      FlowIdentity who = flow(6, random.nextInt(3));
      String called = random.nextBoolean() ? "scan" : "flood";
      Direction way = Direction.values()[random.nextInt(2)];
      boolean byOne = one.coversFlow(who, called, way);
      boolean byOther = other.coversFlow(who, called, way);
      if (one.contains(other)) {
        contained++;
        assertThat(byOther && !byOne).as("%s contains %s, %s", one, other, who).isFalse();
        assertThat(one.meets(other)).isTrue();
      }
      if (byOne && byOther && one.detector().equals(other.detector())) {
        // Two VLAN ids may both be those of one flow.
        assertThat(one.meets(other) || !one.vlan().equals(other.vlan())).isTrue();
      }
    }
    assertThat(contained).isGreaterThan(1000);
  }

  @Test
  void portsAreThoseOfServicesNotTypesOfMessages() {
    ExclusionScope port =
        new ExclusionScope(
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(Ports.of("0-5")),
            Optional.empty(),
            OptionalInt.empty());
    assertThat(port.coversFlow(flow(6, 0), "scan", Direction.INBOUND)).isTrue();
    assertThat(port.coversFlow(flow(1, 0), "scan", Direction.INBOUND)).isFalse();
  }

  @Test
  void eitherTagIsTheVlan() {
    ExclusionScope vlan =
        new ExclusionScope(
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(100));
    assertThat(vlan.coversFlow(flow(6, 100), "scan", Direction.INBOUND)).isTrue();
    assertThat(vlan.coversFlow(flow(6, 200 | 100 << 12), "scan", Direction.INBOUND)).isTrue();
    assertThat(vlan.coversFlow(flow(6, 200), "scan", Direction.INBOUND)).isFalse();
    assertThat(vlan.everything()).isFalse();
  }

  @Test
  void everythingIsKnownInAllItsForms() {
    assertThat(ANY.everything()).isTrue();
    assertThat(ANY.toString()).isEqualTo("everything");
    ExclusionScope allPorts =
        new ExclusionScope(
            "",
            "",
            Optional.of(AddressBlock.of("0.0.0.0/0")),
            Optional.empty(),
            Optional.of(Ports.of("0-65535")),
            Optional.empty(),
            OptionalInt.empty());
    assertThat(allPorts.everything()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "65536", "5-4", "1-2-3", "-1", "999999"})
  void whatIsNoPortIsRefused(String text) {
    assertThatThrownBy(() -> Ports.of(text)).hasMessageContaining("'" + text + "' is no port");
  }
}
