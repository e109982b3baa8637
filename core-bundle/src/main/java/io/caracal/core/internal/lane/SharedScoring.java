package io.caracal.core.internal.lane;

import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.evidence.Evidence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that scores for all lanes: whatever batches have come are put together into a large
 * one, which is what a graphics processor wants. When it falls behind, lanes that read captures
 * wait; live, a batch stays unjudged and its rows are counted.
 */
final class SharedScoring implements Scoring {
  private static final Logger LOG = LoggerFactory.getLogger(SharedScoring.class);
  private static final int QUEUE = 64;
  private static final int LOOK_MILLIS = 50;

  private final Scorer scorer;
  private final int most;
  private final boolean block;
  private final BlockingQueue<Rows> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Deque<Rows> parts = new ArrayDeque<>(QUEUE);
  private final ScoreRoom room;
  private final Thread thread;
  private FlowBatch large;
  private volatile boolean stopping;

  /**
   * Starts scoring.
   *
   * @param most most rows of a large batch
   * @param block whether lanes wait for room in the queue
   */
  SharedScoring(Scorer scorer, int most, boolean block) {
    this.scorer = scorer;
    this.most = most;
    this.block = block;
    this.room = new ScoreRoom(most);
    this.large = new FlowBatch(most, List.of());
    this.thread = Thread.ofPlatform().name("caracal-scorer").start(this::work);
  }

  @Override
  public void score(Rows rows) {
    try {
      if (block) {
        queue.put(rows);
      } else if (!queue.offer(rows)) {
        skip(rows);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      skip(rows);
    }
  }

  private void skip(Rows rows) {
    scorer.skipped(rows.batch().size());
    rows.unjudged();
  }

  private void work() {
    try {
      while (!stopping || !queue.isEmpty()) {
        Rows first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          gather(first);
          scoreParts();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The batches of the same views that have come and fit together. */
  private void gather(Rows first) {
    parts.add(first);
    int size = first.batch().size();
    for (Rows next = queue.peek(); next != null; next = queue.peek()) {
      size += next.batch().size();
      if (size > most || !next.carries(first.plan())) {
        return;
      }
      parts.add(next);
      queue.remove();
    }
  }

  private void scoreParts() {
    try {
      if (parts.size() == 1) {
        Rows only = parts.getFirst();
        ScoredBatch result = scorer.score(only.blank(), only.room());
        parts.remove();
        only.scored(result);
      } else {
        handBack(scorer.score(together(), room));
      }
    } catch (RuntimeException e) {
      LOG.error("batches could not be scored and stay unjudged: {}", e.toString(), e);
      parts.forEach(this::skip);
      parts.clear();
    }
  }

  /** A part that was handed back is its lane's again: nothing of it may be looked at any more. */
  private void handBack(ScoredBatch all) {
    for (int from = 0; !parts.isEmpty(); ) {
      Rows part = parts.getFirst();
      int size = part.batch().size();
      ScoredBatch result =
          part.blank()
              .with(cut(all, from, part), all.threshold(), all.hostThreshold(), all.ensemble());
      from += size;
      parts.remove();
      part.scored(result);
    }
  }

  private ScoredBatch together() {
    if (!large.views().equals(parts.getFirst().batch().views())) {
      large = new FlowBatch(most, parts.getFirst().batch().views());
    }
    large.clear();
    for (Rows part : parts) {
      for (int row = 0; row < part.batch().size(); row++) {
        large.addFrom(part.batch(), row);
      }
    }
    return ScoredBatch.blank(large, room.judgements(), Evidence.NONE);
  }

  /** Copies what was said of a part's rows into its own room. */
  private static List<Vote> cut(ScoredBatch all, int from, Rows part) {
    int size = part.batch().size();
    List<Vote> votes = new ArrayList<>(all.votes().size());
    for (Vote vote : all.votes()) {
      Scores scores = part.room().scores(votes.size());
      scores.reset(size);
      for (int row = 0; row < size; row++) {
        scores.copy(row, vote.scores(), from + row);
      }
      votes.add(new Vote(vote.detector(), scores));
    }
    Judgements judgements = part.room().judgements();
    judgements.reset(size);
    for (int row = 0; row < size; row++) {
      if (all.judgements().judged(from + row)) {
        judgements.set(
            row,
            all.judgements().probability(from + row),
            all.judgements().tail(from + row),
            all.judgements().uncertainty(from + row),
            all.judgements().attackClass(from + row));
      }
    }
    return votes;
  }

  /** Scores what has come and ends. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
