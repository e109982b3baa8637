package io.caracal.core.internal.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A bounded sample that no stretch of time dominates. Time is cut into at most {@value #BLOCKS}
 * blocks, which double when there would be more; when the sample is full, the fullest block gives
 * up its item of the highest priority number. What is kept depends on the items alone, not on
 * chance.
 *
 * @param <T> what is sampled
 */
public final class TimeSpreadSample<T extends TimeSpreadSample.Item> {
  /** What can be sampled. */
  public interface Item {
    /** When it was, packet time. */
    long nanos();

    /** A number drawn evenly; low ones stay. */
    long priority();
  }

  private static final int BLOCKS = 64;

  private final int most;
  private final TreeMap<Long, Block<T>> blocks = new TreeMap<>();
  private long blockNanos = TimeUnit.SECONDS.toNanos(10);
  private int size;

  private static final class Block<T extends Item> {
    final PriorityQueue<T> kept =
        new PriorityQueue<>(
            Comparator.comparingLong(Item::priority).thenComparingLong(Item::nanos).reversed());
    long seen;
  }

  /** A sample of at most so many items. */
  public TimeSpreadSample(int most) {
    this.most = most;
  }

  /** Offers an item. */
  public void add(T item) {
    Block<T> block =
        blocks.computeIfAbsent(Math.floorDiv(item.nanos(), blockNanos), at -> new Block<>());
    block.seen++;
    block.kept.add(item);
    size++;
    while (blocks.size() > BLOCKS) {
      widen();
    }
    if (size > most) {
      size--;
      fullest().kept.poll();
    }
  }

  private Block<T> fullest() {
    Block<T> fullest = blocks.firstEntry().getValue();
    for (Block<T> block : blocks.values()) {
      fullest = block.kept.size() > fullest.kept.size() ? block : fullest;
    }
    return fullest;
  }

  private void widen() {
    blockNanos *= 2;
    Map<Long, Block<T>> before = new TreeMap<>(blocks);
    blocks.clear();
    before.forEach(
        (at, block) -> {
          Block<T> joined = blocks.computeIfAbsent(Math.floorDiv(at, 2), wide -> new Block<>());
          joined.seen += block.seen;
          joined.kept.addAll(block.kept);
        });
  }

  /**
   * An item that was kept.
   *
   * @param represents items of its time that it stands for, itself included
   */
  public record Kept<T>(T item, double represents) {}

  /** What was kept, in the order of time. */
  public List<Kept<T>> kept() {
    List<Kept<T>> all = new ArrayList<>(size);
    for (Block<T> block : blocks.values()) {
      double represents = (double) block.seen / Math.max(1, block.kept.size());
      block.kept.stream()
          .sorted(Comparator.comparingLong(Item::nanos).thenComparingLong(Item::priority))
          .forEach(item -> all.add(new Kept<>(item, represents)));
    }
    return all;
  }
}
