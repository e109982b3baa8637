package io.caracal.core.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.FlowIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
  private final List<Step> passed = new ArrayList<>();

  private static Step start(long nanos, int port) {
    FlowIdentity who = new FlowIdentity(false, 0, 1, port, 0, 2, 80, 6, 0, false);
    return new Step(nanos, nanos, who, null, 0);
  }

  private TimeOrder order(int lanes) {
    return new TimeOrder(lanes, TimeOrder.PATIENT, passed::add, now -> {});
  }

  private static void advance(TimeOrder order, int lane, long nanos, Step... steps) {
    order.advance(lane, new ArrayList<>(Arrays.asList(steps)), Position.at(nanos));
  }

  @Test
  void aStepWaitsUntilEveryLaneHasComeFurther() {
    TimeOrder order = order(2);
    Step step = start(5, 1);
    advance(order, 0, 6, step);
    advance(order, 1, 5);
    assertThat(passed).isEmpty();
    advance(order, 1, 6);
    assertThat(passed).containsExactly(step);
  }

  @Test
  void stepsOfOneMomentWaitForThoseStillToComeAndAreSorted() {
    TimeOrder order = order(1);
    Step late = start(5, 9);
    Step early = start(5, 1);
    advance(order, 0, 5, late);
    assertThat(passed).isEmpty();
    advance(order, 0, 6, early);
    assertThat(passed).containsExactly(early, late);
  }

  @Test
  void aLaneThatEndedIsNotWaitedForAndAllBeginAnew() {
    TimeOrder order = order(2);
    Step first = start(50, 1);
    order.advance(1, new ArrayList<>(), Position.END);
    advance(order, 0, 60, first);
    assertThat(passed).containsExactly(first);
    order.restart();
    Step second = start(5, 1);
    advance(order, 0, 6, second);
    assertThat(passed).containsExactly(first);
    advance(order, 1, 7);
    assertThat(passed).containsExactly(first, second);
    assertThat(order.outOfOrder()).isZero();
  }

  @Test
  void aLiveLaneThatIsTooFarBehindIsLeftBehindAndWhatItBringsIsCounted() {
    TimeOrder order = new TimeOrder(2, 100, passed::add, now -> {});
    Step first = start(5, 1);
    advance(order, 0, 105, first);
    assertThat(passed).isEmpty();
    advance(order, 0, 106);
    assertThat(passed).containsExactly(first);
    Step late = start(4, 2);
    advance(order, 1, 107, late);
    assertThat(passed).containsExactly(first, late);
    assertThat(order.outOfOrder()).isEqualTo(1);
  }

  @Test
  void timeIsToldAfterWhatCameBeforeIt() {
    List<Long> times = new ArrayList<>();
    TimeOrder order =
        new TimeOrder(1, TimeOrder.PATIENT, step -> times.add(step.nanos()), times::add);
    advance(order, 0, 7, start(5, 1), start(6, 2));
    order.advance(0, new ArrayList<>(), Position.END);
    assertThat(times).containsExactly(5L, 6L, 7L);
  }

  /** The sequence of one lane, against lanes that bring their parts in pieces of any size. */
  @Test
  void howLanesInterleaveMakesNoDifference() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      List<Step> all = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        all.add(start(random.nextInt(60), i));
      }
      List<Step> expected = new ArrayList<>(all);
      Collections.sort(expected);
      passed.clear();
      int lanes = 1 + random.nextInt(5);
      interleave(all, order(lanes), lanes, random);
      assertThat(passed).isEqualTo(expected);
    }
  }

  private static void interleave(List<Step> all, TimeOrder order, int lanes, Random random) {
    List<List<Step>> todo = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int number = lane;
      List<Step> own =
          new ArrayList<>(all.stream().filter(s -> port(s) % lanes == number).toList());
      Collections.shuffle(own, random);
      own.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
      todo.add(own);
    }
    List<Integer> left = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      left.add(lane);
    }
    while (!left.isEmpty()) {
      int lane = left.get(random.nextInt(left.size()));
      List<Step> own = todo.get(lane);
      List<Step> piece = own.subList(0, Math.min(own.size(), random.nextInt(9)));
      List<Step> steps = new ArrayList<>(piece);
      piece.clear();
      if (own.isEmpty()) {
        order.advance(lane, steps, Position.END);
        left.remove((Integer) lane);
      } else {
        order.advance(lane, steps, Position.at(own.getFirst().nanos()));
      }
    }
  }

  private static int port(Step step) {
    return step.who().sourcePort();
  }
}
