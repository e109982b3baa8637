package io.caracal.core.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketRingTest {
  private final Frame frame = new Frame();

  /** A packet whose every byte is the low byte of its time. */
  private Frame packet(long time, int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) time);
    frame.segment = MemorySegment.ofArray(bytes);
    frame.offset = 0;
    frame.capturedLength = length;
    frame.wireLength = length + 4;
    frame.timeNanos = time;
    frame.linkType = (int) time % 3;
    return frame;
  }

  private static List<Long> times(PacketRing ring, int hash, long from, long to) {
    Frame read = new Frame();
    List<Long> times = new ArrayList<>();
    for (long position : ring.find(hash, from, to)) {
      ring.read(position, read);
      times.add(read.timeNanos);
    }
    return times;
  }

  @Test
  void findsThePacketsOfAHashInASpanOfTimeOldestFirst() {
    try (PacketRing ring = new PacketRing(1 << 16)) {
      for (int time = 0; time < 100; time++) {
        ring.add(packet(time, 60), time % 2 == 0 ? 7 : 7 + (1 << 24));
      }
      assertThat(times(ring, 7, 10, 16)).containsExactly(10L, 12L, 14L, 16L);
      assertThat(times(ring, 7 + (1 << 24), 0, 99)).hasSize(50);
      assertThat(times(ring, 8, 0, 99)).isEmpty();
      assertThat(ring.overwritten()).isZero();
    }
  }

  @Test
  void keepsWhatItWasGiven() {
    try (PacketRing ring = new PacketRing(4096)) {
      ring.add(packet(5, 61), 1);
      Frame read = new Frame();
      ring.read(ring.find(1, 0, 9)[0], read);
      assertThat(read.copy()).hasSize(61).containsOnly(5);
      assertThat(read.wireLength).isEqualTo(65);
      assertThat(read.linkType).isEqualTo(2);
    }
  }

  /** Against a plain queue: what is left is a tail of what came, and every byte of it is right. */
  @Test
  void overwritesTheOldestAndCountsThem() {
    Random random = new Random(1);
    Deque<Integer> lengths = new ArrayDeque<>();
    try (PacketRing ring = new PacketRing(10_000)) {
      for (int time = 0; time < 20_000; time++) {
        int length = random.nextInt(1, 2000);
        ring.add(packet(time, length), time % 5);
        lengths.add(length);
        if (time % 97 == 0) {
          check(ring, time, lengths);
        }
      }
      check(ring, 19_999, lengths);
      assertThat(ring.stored()).isEqualTo(20_000);
      assertThat(ring.overwritten()).isEqualTo(20_000 - lengths.size());
    }
  }

  private static void check(PacketRing ring, int now, Deque<Integer> lengths) {
    List<Long> left = new ArrayList<>();
    Frame read = new Frame();
    for (int hash = 0; hash < 5; hash++) {
      for (long position : ring.find(hash, 0, now)) {
        ring.read(position, read);
        left.add(read.timeNanos);
        assertThat(read.segment.get(ValueLayout.JAVA_BYTE, read.offset + read.capturedLength - 1))
            .isEqualTo((byte) read.timeNanos);
      }
    }
    left.sort(null);
    assertThat(left).hasSize((int) (ring.stored() - ring.overwritten()));
    assertThat(left.getLast()).isEqualTo(now);
    assertThat(left.getFirst()).isEqualTo(now - left.size() + 1);
    while (lengths.size() > left.size()) {
      lengths.removeFirst();
    }
    int bytes = lengths.stream().mapToInt(Integer::intValue).sum();
    assertThat(bytes).isBetween(ring.overwritten() == 0 ? 1 : 4_000, 10_000);
  }

  @Test
  void countsWhatDoesNotFitAtAll() {
    try (PacketRing ring = new PacketRing(1000)) {
      ring.add(packet(1, 100), 1);
      ring.add(packet(2, 2000), 1);
      assertThat(ring.oversized()).isEqualTo(1);
      assertThat(times(ring, 1, 0, 9)).containsExactly(1L);
    }
  }
}
