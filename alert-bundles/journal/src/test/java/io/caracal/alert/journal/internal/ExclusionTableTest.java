package io.caracal.alert.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.Exclusion;
import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.alert.ExclusionScope.Direction;
import io.caracal.api.alert.ExclusionScope.Ports;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.alert.ExclusionStore.Hits;
import io.caracal.api.alert.ExclusionStore.Sample;
import io.caracal.api.alert.ExclusionStore.Sampled;
import io.caracal.api.flow.AddressBlock;
import io.caracal.api.flow.FlowIdentity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusionTableTest {
  private static final ExclusionScope FULL =
      new ExclusionScope(
          "random-forest",
          "scan",
          Optional.of(AddressBlock.of("10.1.0.0/16")),
          Optional.of(AddressBlock.of("2001:db8::/32")),
          Optional.of(new Ports(8000, 8080)),
          Optional.of(Direction.OUTBOUND),
          OptionalInt.of(100));
  private static final ExclusionScope BARE =
      new ExclusionScope(
          "",
          "flood",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty());

  private final ExclusionStore.Factory stores = new ExclusionStores();
  @TempDir private Path folder;

  private static Exclusion exclusion(ExclusionScope scope, OptionalLong expires) {
    return new Exclusion(0, scope, "why; 'quoted'", "me", 5, expires, 0, OptionalLong.empty());
  }

  @Test
  void whatOneProcessChangesAnotherSees() throws Exception {
    try (ExclusionStore sensor = stores.open(folder);
        ExclusionStore operator = stores.open(folder)) {
      long before = sensor.version();
      assertThat(sensor.version()).isEqualTo(before);
      long full = operator.add(exclusion(FULL, OptionalLong.of(99)));
      assertThat(sensor.version()).isNotEqualTo(before);
      long bare = operator.add(exclusion(BARE, OptionalLong.empty()));
      assertThat(sensor.all()).extracting(Exclusion::id).containsExactly(full, bare);
      assertThat(sensor.all()).extracting(Exclusion::scope).containsExactly(FULL, BARE);
      assertThat(sensor.all().getFirst().expiresMillis()).hasValue(99);
      assertThat(sensor.all().getFirst().comment()).isEqualTo("why; 'quoted'");

      sensor.count(Map.of(full, new Hits(3, 50)));
      sensor.count(Map.of(full, new Hits(4, 60)));
      assertThat(operator.all().getFirst().hits()).isEqualTo(7);
      assertThat(operator.all().getFirst().lastHitMillis()).hasValue(60);
      assertThat(operator.all().getLast().lastHitMillis()).isEmpty();

      assertThat(operator.remove(bare)).isTrue();
      assertThat(operator.remove(bare)).isFalse();
      assertThat(operator.add(exclusion(BARE, OptionalLong.empty())))
          .as("numbers are not given twice")
          .isGreaterThan(bare);
    }
  }

  private static Sample sample(String alert, int port) {
    return new Sample(
        alert,
        port,
        "scan",
        "random-forest",
        new FlowIdentity(true, -1, 2, 4000, 3, -4, port, 6, 100, false));
  }

  @Test
  void someDetectionsAreKeptWithWhatAnalystsFound() throws Exception {
    try (ExclusionStore store = stores.open(folder)) {
      store.keep(List.of(sample("a", 1), sample("a", 2), sample("b", 3)), Map.of("a", 10L));
      store.keep(List.of(sample("c", 4)), Map.of("a", 5L));
      try (Connection connection = Database.open(folder.resolve(AlertJournal.FILE));
          Statement verdicts = connection.createStatement()) {
        verdicts.execute("INSERT INTO verdict VALUES ('a', 1, '', 0), ('b', 0, '', 0)");
      }
      assertThat(store.alerts(0))
          .containsExactly(
              new Sampled("a", "", "", 15, Optional.of(true)),
              new Sampled("b", "", "", 0, Optional.of(false)),
              new Sampled("c", "", "", 0, Optional.empty()));
      List<Sample> samples = new ArrayList<>();
      store.samples(2, samples::add);
      assertThat(samples).containsExactly(sample("a", 2), sample("b", 3), sample("c", 4));
      store.forget();
      assertThat(store.alerts(0)).isEmpty();
    }
  }
}
