package io.caracal.trainer.mutate;

import io.caracal.trainer.truth.FlowKey;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthFlow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Mutates the attacks of a labelled capture: TCP and UDP flows over IP; attacks over anything else
 * stay what they are.
 */
public final class Mutator {
  /** Rounding of time stamps in the truth. */
  private static final long SLACK_NANOS = 5_000_000;

  private final Mutation mutation;
  private final long seed;

  /**
   * A mutator.
   *
   * @param mutation what is done
   * @param seed the same seed does the same
   */
  public Mutator(Mutation mutation, long seed) {
    this.mutation = mutation;
    this.seed = seed;
  }

  /**
   * What was done.
   *
   * @param attackFlows attack flows of the truth
   * @param changed indices, in the truth, of those whose packets changed
   * @param packetsBefore packets of the capture
   * @param packetsAfter the same of the mutated one
   */
  public record Result(
      int attackFlows, SortedSet<Integer> changed, long packetsBefore, long packetsAfter) {}

  private static final class Flow {
    private final MutatedFlow packets;
    private final Volume before = new Volume();

    Flow(MutatedFlow packets) {
      this.packets = packets;
    }
  }

  /**
   * Writes a mutated capture and its truth.
   *
   * @param capture classic pcap
   * @param truthFile its truth
   * @param mutated where the capture goes
   * @param mutatedTruth where the truth goes: the same rows in the same order, in which the detail
   *     of a changed flow names the mutation
   * @return what was done
   */
  public Result mutate(Path capture, Path truthFile, Path mutated, Path mutatedTruth) {
    PcapFile file = PcapFile.read(capture);
    Truth truth = Truth.read(truthFile);
    Map<FlowKey, List<Integer>> byKey = new HashMap<>();
    for (int i = 0; i < truth.flows().size(); i++) {
      byKey.computeIfAbsent(truth.flows().get(i).key(), key -> new ArrayList<>()).add(i);
    }
    SortedMap<Integer, Flow> flows = new TreeMap<>();
    List<Packet> packets = new ArrayList<>();
    for (Packet packet : file.packets()) {
      Optional<Segment> segment = Segment.of(packet);
      Optional<Integer> index =
          segment.flatMap(s -> attack(truth, byKey.getOrDefault(s.key(), List.of()), packet));
      if (index.isPresent()) {
        Flow flow = flows.computeIfAbsent(index.get(), i -> new Flow(flow(i, file.snapLength())));
        flow.before.add(segment.orElseThrow());
        flow.packets.add(segment.orElseThrow());
      } else {
        packets.add(packet);
      }
    }
    TruthTable table = TruthTable.read(truthFile);
    SortedSet<Integer> changed = new TreeSet<>();
    flows.forEach(
        (index, flow) -> {
          List<Packet> after = flow.packets.mutate();
          packets.addAll(after);
          if (table.update(index, flow.before, Volume.of(after), mutation)) {
            changed.add(index);
          }
        });
    packets.sort(Comparator.comparingLong(packet -> packet.timeNanos));
    new PcapFile(file.snapLength(), packets).write(mutated);
    table.write(mutatedTruth);
    int attacks = (int) truth.flows().stream().filter(Mutator::attack).count();
    return new Result(attacks, changed, file.packets().size(), packets.size());
  }

  private MutatedFlow flow(int index, int snapLength) {
    return new MutatedFlow(mutation, new Random(seed * 1_000_003 + index), snapLength);
  }

  private static boolean attack(TruthFlow flow) {
    return !flow.benign() && !flow.leftOut();
  }

  private static Optional<Integer> attack(Truth truth, List<Integer> candidates, Packet packet) {
    for (int index : candidates) {
      TruthFlow flow = truth.flows().get(index);
      if (packet.timeNanos >= flow.startNanos() - SLACK_NANOS
          && packet.timeNanos <= flow.endNanos() + SLACK_NANOS) {
        return attack(flow) ? Optional.of(index) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
