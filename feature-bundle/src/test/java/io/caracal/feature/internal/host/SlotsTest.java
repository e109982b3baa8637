package io.caracal.feature.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotsTest {
  /** A map in order of access does the same, with an object per key. */
  @Test
  void theKeyNotAskedForTheLongestMakesRoom() {
    int most = 2048;
    Slots slots = new Slots(most);
    Map<Long, Integer> reference = new LinkedHashMap<>(16, 0.75f, true);
    Random random = new Random(5);
    for (int i = 0; i < 300_000; i++) {
      // Few upper bits: many keys in one bucket.
      long key = ((long) random.nextInt(64) << 32) | random.nextInt(1 + random.nextInt(100));
      boolean known = reference.containsKey(key);
      int slot = slots.of(key);
      assertThat(slots.fresh()).isNotEqualTo(known);
      if (known) {
        assertThat(slot).isEqualTo(reference.get(key));
      } else if (reference.size() == most) {
        Map.Entry<Long, Integer> eldest = reference.entrySet().iterator().next();
        assertThat(slot).isEqualTo(eldest.getValue());
        reference.remove(eldest.getKey());
        reference.put(key, slot);
      } else {
        assertThat(slot).isEqualTo(reference.size());
        reference.put(key, slot);
      }
    }
    assertThat(reference).hasSize(most);
  }
}
