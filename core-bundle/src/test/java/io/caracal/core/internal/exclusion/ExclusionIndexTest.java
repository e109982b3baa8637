package io.caracal.core.internal.exclusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.Exclusion;
import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.alert.ExclusionScope.Direction;
import io.caracal.api.alert.ExclusionScope.Ports;
import io.caracal.api.flow.AddressBlock;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExclusionIndexTest {
  private static final long NOW = 1000;
  private final HomeNetworks home = HomeNetworks.of(new Settings(key -> null));
  private final Random random = new Random(3);

  private Optional<AddressBlock> block() {
    return switch (random.nextInt(3)) {
      case 0 -> Optional.empty();
      case 1 ->
          Optional.of(
              AddressBlock.of(false, 0, 0x0A000000L + random.nextInt(64), random.nextInt(33)));
      default ->
          Optional.of(
              AddressBlock.of(true, 0x20010DB8L << 32, random.nextInt(64), random.nextInt(129)));
    };
  }

  private Exclusion exclusion(long id) {
    return new Exclusion(
        id,
        new ExclusionScope(
            random.nextInt(5) == 0 ? "forest" : "",
            random.nextInt(2) == 0 ? "scan" : "",
            block(),
            block(),
            random.nextInt(4) == 0 ? Optional.of(Ports.of("1-3")) : Optional.empty(),
            random.nextInt(4) == 0 ? Optional.of(Direction.INTERNAL) : Optional.empty(),
            OptionalInt.empty()),
        "",
        "",
        0,
        random.nextInt(4) == 0 ? OptionalLong.of(random.nextInt(2000)) : OptionalLong.empty(),
        0,
        OptionalLong.empty());
  }

  private FlowIdentity flow() {
    boolean ipv6 = random.nextBoolean();
    long high = ipv6 ? 0x20010DB8L << 32 : 0;
    long low = ipv6 ? 0 : 0x0A000000L;
    return new FlowIdentity(
        ipv6,
        high,
        low + random.nextInt(64),
        4000,
        high,
        low + random.nextInt(64),
        random.nextInt(6),
        6,
        0,
        false);
  }

  /** What looking at one after the other finds. */
  private Optional<Exclusion> oneByOne(List<Exclusion> all, FlowIdentity who, String called) {
    return all.stream()
        .filter(e -> !e.expired(NOW))
        .filter(e -> e.scope().coversFlow(who, called, home.direction(who)))
        .filter(e -> e.scope().detector().isEmpty() || e.scope().detector().equals("forest"))
        .findFirst();
  }

  @Test
  void findsWhatLookingAtEachFinds() {
    int found = 0;
    for (int round = 0; round < 500; round++) {
      List<Exclusion> all = new ArrayList<>();
      for (int id = 1; id <= random.nextInt(8); id++) {
        all.add(exclusion(id));
      }
      ExclusionIndex index = new ExclusionIndex(all, home);
      for (int i = 0; i < 100; i++) {
        FlowIdentity who = flow();
        String called = random.nextBoolean() ? "scan" : "flood";
        Optional<Exclusion> expected = oneByOne(all, who, called);
        assertThat(index.find(who, called, () -> "forest", NOW)).isEqualTo(expected);
        found += expected.isPresent() ? 1 : 0;
      }
    }
    assertThat(found).isBetween(1000, 49_000);
  }

  @Test
  void asksForTheDetectorOnlyWhereItMatters() {
    Exclusion other =
        new Exclusion(
            1,
            new ExclusionScope(
                "forest",
                "",
                Optional.of(AddressBlock.of("192.0.2.1")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty()),
            "",
            "",
            0,
            OptionalLong.empty(),
            0,
            OptionalLong.empty());
    ExclusionIndex index = new ExclusionIndex(List.of(other), home);
    assertThat(
            index.find(
                flow(),
                "scan",
                () -> {
                  throw new AssertionError("asked");
                },
                NOW))
        .isEmpty();
  }
}
