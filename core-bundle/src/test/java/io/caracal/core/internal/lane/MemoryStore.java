package io.caracal.core.internal.lane;

import io.caracal.api.alert.Exclusion;
import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.flow.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One exclusion, by source. */
final class MemoryStore implements ExclusionStore {
  static final long ID = 7;

  private final Exclusion only;
  private final List<Sample> kept = new ArrayList<>();
  private long hits;
  private long left;

  MemoryStore(AddressBlock source) {
    only =
        new Exclusion(
            ID,
            new ExclusionScope(
                "",
                "",
                Optional.of(source),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty()),
            "the scanner of the administrators",
            "operator",
            0,
            OptionalLong.empty(),
            0,
            OptionalLong.empty());
  }

  long hits() {
    return hits;
  }

  List<Sample> kept() {
    return kept;
  }

  long left() {
    return left;
  }

  @Override
  public long add(Exclusion exclusion) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean remove(long id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Exclusion> all() {
    return List.of(only);
  }

  @Override
  public long version() {
    return 1;
  }

  @Override
  public void count(Map<Long, Hits> counted) {
    hits += counted.get(ID).flows();
  }

  @Override
  public void keep(List<Sample> samples, Map<String, Long> rest) {
    kept.addAll(samples);
    left += rest.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void forget() {
    kept.clear();
  }

  @Override
  public List<Sampled> alerts(long sinceNanos) {
    return List.of();
  }

  @Override
  public void samples(long sinceNanos, Consumer<Sample> output) {
    kept.forEach(output);
  }

  @Override
  public void close() {}
}
