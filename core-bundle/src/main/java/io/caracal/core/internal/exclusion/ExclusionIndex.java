package io.caracal.core.internal.exclusion;

import io.caracal.api.alert.Exclusion;
import io.caracal.api.alert.ExclusionScope;
import io.caracal.api.flow.AddressBlock;
import io.caracal.api.flow.FlowIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Exclusions, found without a look at each: by the block of their source, else of their
 * destination, with one look-up for each length of prefix that occurs. Those without addresses are
 * looked at one by one. Immutable.
 */
public final class ExclusionIndex {
  /** Covers nothing. */
  public static final ExclusionIndex EMPTY = new ExclusionIndex(List.of(), HomeNetworks.NONE);

  private final HomeNetworks home;
  private final boolean directed;
  private final boolean empty;
  private final Blocks bySource;
  private final Blocks byDestination;
  private final List<Exclusion> others;

  /** Exclusions by block. */
  private record Blocks(
      List<Integer> ipv4, List<Integer> ipv6, Map<AddressBlock, List<Exclusion>> at) {
    static Blocks of(List<Exclusion> exclusions, Side side) {
      TreeSet<Integer> ipv4 = new TreeSet<>();
      TreeSet<Integer> ipv6 = new TreeSet<>();
      Map<AddressBlock, List<Exclusion>> at = new HashMap<>();
      for (Exclusion exclusion : exclusions) {
        AddressBlock block = side.of(exclusion.scope()).orElseThrow();
        (block.ipv6() ? ipv6 : ipv4).add(block.prefix());
        at.computeIfAbsent(block, unknown -> new ArrayList<>()).add(exclusion);
      }
      return new Blocks(List.copyOf(ipv4), List.copyOf(ipv6), at);
    }

    void collect(AddressBlock address, List<Exclusion> into) {
      for (int prefix : address.ipv6() ? ipv6 : ipv4) {
        into.addAll(
            at.getOrDefault(
                AddressBlock.of(address.ipv6(), address.high(), address.low(), prefix), List.of()));
      }
    }
  }

  /** One end of a flow. */
  private interface Side {
    Optional<AddressBlock> of(ExclusionScope scope);
  }

  /** An index of exclusions. */
  public ExclusionIndex(List<Exclusion> exclusions, HomeNetworks home) {
    this.home = home;
    empty = exclusions.isEmpty();
    directed = exclusions.stream().anyMatch(e -> e.scope().direction().isPresent());
    bySource =
        Blocks.of(
            exclusions.stream().filter(e -> e.scope().source().isPresent()).toList(),
            ExclusionScope::source);
    byDestination =
        Blocks.of(
            exclusions.stream()
                .filter(e -> e.scope().source().isEmpty())
                .filter(e -> e.scope().destination().isPresent())
                .toList(),
            ExclusionScope::destination);
    others =
        exclusions.stream()
            .filter(e -> e.scope().source().isEmpty() && e.scope().destination().isEmpty())
            .toList();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return empty;
  }

  /**
   * The oldest exclusion that covers a flow.
   *
   * @param attackClass name of its class
   * @param detector id of the decisive detector; asked for only if an exclusion wants to know it
   * @param nowMillis the time, by which some have expired
   */
  public Optional<Exclusion> find(
      FlowIdentity who, String attackClass, Supplier<String> detector, long nowMillis) {
    if (empty) {
      return Optional.empty();
    }
    List<Exclusion> near = new ArrayList<>(others);
    bySource.collect(who.sourceBlock(), near);
    byDestination.collect(who.destinationBlock(), near);
    if (near.isEmpty()) {
      return Optional.empty();
    }
    ExclusionScope.Direction way =
        directed ? home.direction(who) : ExclusionScope.Direction.EXTERNAL;
    return near.stream()
        .filter(e -> !e.expired(nowMillis))
        .filter(e -> e.scope().coversFlow(who, attackClass, way))
        .filter(e -> e.scope().detector().isEmpty() || e.scope().detector().equals(detector.get()))
        .min(Comparator.comparingLong(Exclusion::id));
  }
}
