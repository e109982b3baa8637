package io.caracal.core.internal.detect;

import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Asks the detectors of a {@link Panel} about a batch. The cheap ones see every row; a late one
 * sees those whose probability, judged without it, lies between {@code cascade.low} and {@code
 * cascade.high}, and the others are {@linkplain Scores#withheld withheld} from it. No detector is
 * given rows below its least number of packets. What is asked depends on the rows alone, not on the
 * batch they stand in. Thread-safe.
 */
public final class Cascade {
  private final DetectorPool detectors;
  private final double low;
  private final double high;

  /** One for each thread that scores. */
  private final Queue<Selection> selections = new ConcurrentLinkedQueue<>();

  /** A cascade by {@code cascade.low} and {@code cascade.high}. */
  public Cascade(DetectorPool detectors, Settings settings) {
    this.detectors = detectors;
    this.low = settings.number("cascade.low", 0.05);
    this.high = settings.number("cascade.high", 0.99999);
  }

  /** A detector that is held for one batch, so that one version scores all of it. */
  private record Seat(Slot slot, Lease lease, boolean late, Vote vote) {}

  /**
   * Scores a batch.
   *
   * @param room gives room for one detector's scores; called once for each index from 0 on
   * @param judgements what {@code judge} fills
   * @param judge judges the batch by the votes so far; called once, and again after every late
   *     detector that was asked
   * @return what each detector said
   */
  public List<Vote> score(
      FlowBatch batch,
      Panel panel,
      IntFunction<Scores> room,
      Judgements judgements,
      Consumer<List<Vote>> judge) {
    List<Seat> seats = seats(batch, panel, room);
    Selection free = selections.poll();
    Selection selection = free == null ? new Selection() : free;
    try {
      List<Vote> votes = seats.stream().map(Seat::vote).toList();
      for (Seat seat : seats) {
        if (!seat.late()) {
          selection.choose(batch, row -> seat.vote().scores().withheld(row));
          ask(seat, batch, selection);
        }
      }
      judge.accept(votes);
      for (Seat seat : seats) {
        if (seat.late()) {
          selection.choose(
              batch, row -> seat.vote().scores().withheld(row) && unsettled(judgements, row));
          if (ask(seat, batch, selection)) {
            judge.accept(votes);
          }
        }
      }
      return votes;
    } finally {
      selections.add(selection);
      for (Seat seat : seats) {
        seat.lease().exit();
        seat.slot().count(seat.vote().scores());
      }
    }
  }

  private static List<Seat> seats(FlowBatch batch, Panel panel, IntFunction<Scores> room) {
    List<Seat> seats = new ArrayList<>(panel.slots().size());
    for (Slot slot : panel.slots()) {
      Lease lease = slot.enter();
      if (lease != null) {
        Scores scores = room.apply(seats.size());
        scores.reset(batch.size());
        for (int row = 0; row < batch.size(); row++) {
          if (batch.packets(row) >= lease.detector.description().minimumPackets()) {
            scores.withhold(row);
          }
        }
        Vote vote = new Vote(lease.detector.description(), scores);
        seats.add(new Seat(slot, lease, panel.late(slot, batch), vote));
      }
    }
    return seats;
  }

  private boolean unsettled(Judgements judgements, int row) {
    return !judgements.judged(row)
        || (judgements.probability(row) >= low && judgements.probability(row) < high);
  }

  /** Asks about the selected rows; false if there are none. */
  private boolean ask(Seat seat, FlowBatch batch, Selection selection) {
    Scores scores = seat.vote().scores();
    if (selection.size() == batch.size()) {
      scores.reset(batch.size());
      detectors.score(seat.slot(), seat.lease(), batch, scores);
    } else if (selection.size() > 0) {
      FlowBatch dense = selection.gather(batch, seat.vote().detector().views());
      detectors.score(seat.slot(), seat.lease(), dense, selection.scores());
      selection.scatter(scores);
    }
    return selection.size() > 0;
  }
}
