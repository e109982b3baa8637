package io.caracal.feature.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final int MOST = 2048;

  /** A map, an array of marks and a hand do the same, with an object per key. */
  @Test
  void whatWasNotAskedForSinceTheHandCameByMakesRoom() {
    Slots slots = new Slots(MOST);
    Map<Long, Integer> reference = new HashMap<>();
    Long[] keys = new Long[MOST];
    boolean[] asked = new boolean[MOST];
    int hand = 0;
    int evicted = 0;
    Random random = new Random(5);
    for (int i = 0; i < 300_000; i++) {
      // Few upper bits: many keys in one bucket.
      long key = ((long) random.nextInt(64) << 32) | random.nextInt(1 + random.nextInt(100));
      Integer known = reference.get(key);
      int slot = slots.of(key);
      assertThat(slots.fresh()).isEqualTo(known == null);
      if (known != null) {
        assertThat(slot).isEqualTo(known);
        asked[slot] = true;
        continue;
      }
      int expected = reference.size();
      if (expected == MOST) {
        while (asked[hand]) {
          asked[hand] = false;
          hand = (hand + 1) % MOST;
        }
        expected = hand;
        hand = (hand + 1) % MOST;
        reference.remove(keys[expected]);
        evicted++;
      }
      assertThat(slot).isEqualTo(expected);
      keys[slot] = key;
      reference.put(key, slot);
    }
    assertThat(reference).hasSize(MOST);
    assertThat(evicted).isGreaterThan(MOST);
    assertThat(slots.evicted()).isEqualTo(evicted);
  }

  @Test
  void whatIsAskedForAgainAndAgainStays() {
    Slots slots = new Slots(MOST);
    int mine = slots.of(-1);
    for (long other = 0; other < 100_000; other++) {
      slots.of(other << 32);
      assertThat(slots.of(-1)).isEqualTo(mine);
      assertThat(slots.fresh()).isFalse();
    }
  }
}
