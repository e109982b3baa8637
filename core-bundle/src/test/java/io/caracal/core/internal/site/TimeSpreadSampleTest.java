package io.caracal.core.internal.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeSpreadSampleTest {
  private static final long HOUR = 3_600_000_000_000L;

  private record Item(long nanos, long priority) implements TimeSpreadSample.Item {}

  private static TimeSpreadSample<Item> sample(List<Item> items) {
    TimeSpreadSample<Item> sample = new TimeSpreadSample<>(1000);
    items.forEach(sample::add);
    return sample;
  }

  /** A busy hour among quiet ones. */
  private static List<Item> day() {
    Random random = new Random(1);
    return LongStream.range(0, 24)
        .boxed()
        .flatMap(
            hour ->
                IntStream.range(0, hour == 12 ? 100_000 : 100)
                    .mapToObj(
                        i ->
                            new Item(hour * HOUR + random.nextLong(HOUR), random.nextLong() >>> 1)))
        .toList();
  }

  @Test
  void aBusyHourGetsNoMoreThanItsShare() {
    List<TimeSpreadSample.Kept<Item>> kept = sample(day()).kept();
    assertThat(kept).hasSize(1000);
    Map<Long, Long> hours =
        kept.stream()
            .collect(Collectors.groupingBy(k -> k.item().nanos() / HOUR, Collectors.counting()));
    assertThat(hours).hasSize(24);
    assertThat(hours.get(12L)).isLessThan(200);
  }

  @Test
  void whatIsKeptStandsForTheRest() {
    double sum = sample(day()).kept().stream().mapToDouble(k -> k.represents()).sum();
    assertThat(sum).isCloseTo(102_300, within(1e-6));
  }

  @Test
  void theSameTrafficKeepsTheSame() {
    List<Item> shuffled = new java.util.ArrayList<>(day().subList(0, 900));
    List<Item> before = sample(shuffled).kept().stream().map(k -> k.item()).toList();
    Collections.shuffle(shuffled, new Random(2));
    assertThat(sample(shuffled).kept().stream().map(k -> k.item()).toList()).isEqualTo(before);
  }
}
