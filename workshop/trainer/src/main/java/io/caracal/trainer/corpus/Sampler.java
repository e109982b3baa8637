package io.caracal.trainer.corpus;

import io.caracal.trainer.recipe.Sampling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws records such that no kind drowns the others, and every run of a kind is heard. */
public final class Sampler {
  private final Sampling sampling;

  /**
   * A sampler.
   *
   * @param sampling caps and floors
   */
  public Sampler(Sampling sampling) {
    this.sampling = sampling;
  }

  /**
   * Draws from a pool.
   *
   * @param pool the records
   * @param seed the same seed draws the same records in the same order
   * @return the drawn records; rare attack labels are repeated up to the floor
   */
  public List<Example> sample(List<Example> pool, long seed) {
    SortedMap<String, List<Example>> kinds = new TreeMap<>();
    pool.forEach(e -> kinds.computeIfAbsent(e.kind(), kind -> new ArrayList<>()).add(e));
    Random random = new Random(seed);
    List<Example> drawn = new ArrayList<>();
    for (List<Example> kind : kinds.values()) {
      Example first = kind.getFirst();
      if (first.benign()) {
        int cap = sampling.benignCaps().getOrDefault(first.truth().detail(), sampling.benignCap());
        drawn.addAll(overRuns(kind, cap, random));
      } else {
        List<Example> some = overRuns(kind, sampling.attackCap(), random);
        drawn.addAll(some);
        for (int i = some.size(); i < sampling.attackFloor(); i++) {
          drawn.add(some.get(i % some.size()));
        }
      }
    }
    Collections.shuffle(drawn, random);
    return drawn;
  }

  private static List<Example> overRuns(List<Example> kind, int cap, Random random) {
    List<Example> shuffled = new ArrayList<>(kind);
    Collections.shuffle(shuffled, random);
    if (shuffled.size() <= cap) {
      return shuffled;
    }
    SortedMap<String, Deque<Example>> runs = new TreeMap<>();
    shuffled.forEach(
        e ->
            runs.computeIfAbsent(e.campaign() + "/" + e.truth().run(), run -> new ArrayDeque<>())
                .add(e));
    List<Example> drawn = new ArrayList<>(cap);
    while (drawn.size() < cap) {
      for (Deque<Example> run : runs.values()) {
        if (!run.isEmpty() && drawn.size() < cap) {
          drawn.add(run.removeFirst());
        }
      }
    }
    return drawn;
  }
}
