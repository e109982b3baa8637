package io.caracal.trainer.mutate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The packets of one flow of an attack. The attacker is who began it; packets that are no segments
 * of the flow's protocol do not get here. Steps are taken in the order in which a sender would:
 * what is sent, then when.
 */
final class MutatedFlow {
  private static final long LEAST_GAP_NANOS = 20_000;

  private final Mutation mutation;
  private final Random random;
  private final int snapLength;
  private List<Step> steps = new ArrayList<>();

  private record Step(boolean attacker, Segment segment) {
    long time() {
      return segment.packet.timeNanos;
    }
  }

  MutatedFlow(Mutation mutation, Random random, int snapLength) {
    this.mutation = mutation;
    this.random = random;
    this.snapLength = snapLength;
  }

  /** Takes the flow's next packet. */
  void add(Segment segment) {
    boolean attacker =
        steps.isEmpty()
            || (segment.source().equals(steps.getFirst().segment().source())
                && segment.sourcePort() == steps.getFirst().segment().sourcePort());
    steps.add(new Step(attacker, segment));
  }

  /** Changes the packets and returns all of them, new ones included, in order of time. */
  List<Packet> mutate() {
    split();
    accompany();
    pad();
    delay();
    jitter();
    return steps.stream().map(step -> step.segment().packet).toList();
  }

  private boolean chance(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  private void split() {
    each(
        (step, gap, out) -> {
          Segment first = step.segment();
          int length = first.payloadLength();
          if (!first.tcp() || length < 2 || first.has(Segment.SYN) || !chance(mutation.split())) {
            return;
          }
          int cut = 1 + random.nextInt(length - 1);
          Segment second = first.copy();
          second.skip(cut);
          second.sequence(first.sequence() + cut);
          second.packet.timeNanos += soon(gap);
          first.resize(cut, snapLength);
          first.flags(first.flags() & ~(Segment.PSH | Segment.FIN));
          out.add(new Step(true, second));
        });
  }

  private void accompany() {
    each(
        (step, gap, out) -> {
          Segment before = step.segment();
          boolean plain =
              before.has(Segment.ACK)
                  && !before.has(Segment.SYN)
                  && !before.has(Segment.FIN)
                  && !before.has(Segment.RST);
          if (!plain || !chance(mutation.dummy())) {
            return;
          }
          Segment dummy = before.copy();
          int length = before.payloadLength();
          dummy.resize(0, snapLength);
          dummy.sequence(before.sequence() + length);
          dummy.flags(Segment.ACK);
          dummy.window(Math.clamp(before.window() - 1 - random.nextInt(16), 1, 0xffff));
          dummy.packet.timeNanos += soon(gap);
          out.add(new Step(true, dummy));
        });
  }

  /** What may follow a packet of the attacker. */
  @FunctionalInterface
  private interface Follow {
    void after(Step step, long gapNanos, List<Step> out);
  }

  private void each(Follow follow) {
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      all.add(step);
      if (step.attacker()) {
        follow.after(step, gap(i), all);
      }
    }
    steps = all;
  }

  private long gap(int index) {
    return index + 1 == steps.size()
        ? 10 * LEAST_GAP_NANOS
        : Math.max(0, steps.get(index + 1).time() - steps.get(index).time());
  }

  /** Before the flow's next packet, within a millisecond. */
  private long soon(long gap) {
    return (long) (random.nextDouble() * Math.min(gap, 50 * LEAST_GAP_NANOS));
  }

  private void pad() {
    if (mutation.pad() == 0) {
      return;
    }
    SortedMap<Long, Integer> grown = new TreeMap<>();
    int begin = steps.getFirst().segment().tcp() ? steps.getFirst().segment().sequence() : 0;
    for (Step step : steps) {
      Segment segment = step.segment();
      int length = segment.payloadLength();
      if (step.attacker() && length > 0 && !segment.has(Segment.SYN)) {
        int most = Math.min(segment.room(), (int) Math.ceil(mutation.pad() * length));
        int more = random.nextInt(most + 1);
        if (segment.tcp()) {
          grown.putIfAbsent((long) (segment.sequence() - begin) + length, more);
        } else {
          segment.resize(length + more, snapLength);
        }
      }
    }
    NavigableMap<Long, Long> added = new TreeMap<>();
    grown.forEach((at, more) -> added.put(at, more + moved(added, at) - at));
    for (Step step : steps) {
      Segment segment = step.segment();
      if (!segment.tcp()) {
        continue;
      }
      if (!step.attacker()) {
        if (segment.has(Segment.ACK)) {
          segment.acknowledge(value -> begin + (int) moved(added, value - begin));
        }
        continue;
      }
      int from = segment.sequence() - begin;
      int length = segment.payloadLength();
      long to = moved(added, from);
      if (length > 0 && !segment.has(Segment.SYN)) {
        segment.resize((int) (moved(added, (long) from + length) - to), snapLength);
      }
      segment.sequence(begin + (int) to);
    }
  }

  /**
   * Where a position in the attacker's stream lies once all that was added up to it is there. A
   * segment sent again, in whatever pieces, keeps the same bytes this way.
   */
  private static long moved(NavigableMap<Long, Long> added, long position) {
    Map.Entry<Long, Long> last = added.floorEntry(position);
    return last == null ? position : position + last.getValue();
  }

  private void delay() {
    if (mutation.delay() == 0) {
      return;
    }
    long late = 0;
    boolean answers = true;
    for (Step step : steps) {
      if (step.attacker() && answers) {
        late += (long) (2e9 * mutation.delay() * random.nextDouble());
      }
      answers = !step.attacker();
      step.segment().packet.timeNanos += late;
    }
  }

  private void jitter() {
    for (int i = 0; i < steps.size() && mutation.jitter() > 0; i++) {
      if (steps.get(i).attacker()) {
        steps.get(i).segment().packet.timeNanos +=
            (long) (mutation.jitter() * random.nextDouble() * gap(i));
      }
    }
  }
}
