package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.detect.Panel.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Asks the detectors of a {@link Panel} about a batch, stage by stage. The first stage sees every
 * row; a later one those whose judgement those that are still to be asked could, by their
 * {@linkplain Ensemble#reach reach}, lift to {@code cascade.low} or keep from being a detection,
 * and a {@linkplain #sampled sample} of the others. The rest are {@linkplain Scores#withheld
 * withheld} from it. No detector is given rows below its least number of packets. What is asked
 * depends on the rows alone, not on the batch they stand in. Thread-safe.
 */
public final class Cascade {
  private final DetectorPool detectors;
  private final boolean counted;
  private final double low;
  private final double share;

  /** One for each thread that scores. */
  private final Queue<Selection> selections = new ConcurrentLinkedQueue<>();

  /**
   * A cascade by {@code cascade.low} and {@code cascade.sample}.
   *
   * @param counted whether the detectors' counters see its rows
   */
  public Cascade(DetectorPool detectors, Settings settings, boolean counted) {
    this.counted = counted;
    this.detectors = detectors;
    this.low = logOdds(settings.number("cascade.low", 0.5));
    this.share = settings.number("cascade.sample", 0.02);
  }

  /** A detector that is held for one batch, so that one version scores all of it. */
  private record Seat(Slot slot, Lease lease, Stage stage, Vote vote, LongAdder nanos) {}

  /**
   * Scores a batch.
   *
   * @param threshold the probability from which a flow is a detection
   * @param room gives room for one detector's scores; called once for each index from 0 on
   * @param judgements what {@code judge} fills
   * @param judge judges the batch by the votes so far; called once, and again whenever more is
   *     known
   * @return what each detector said
   */
  public List<Vote> score(
      FlowBatch batch,
      Panel panel,
      double threshold,
      IntFunction<Scores> room,
      Judgements judgements,
      Consumer<List<Vote>> judge) {
    List<Seat> seats = seats(batch, panel, room);
    Selection free = selections.poll();
    Selection selection = free == null ? new Selection() : free;
    try {
      List<Vote> votes = seats.stream().map(Seat::vote).toList();
      for (Seat seat : seats) {
        if (seat.stage() == Stage.FIRST) {
          ask(seat, batch, selection, row -> true);
        }
      }
      judge.accept(votes);
      Open open = new Open(panel, seats, logOdds(threshold));
      boolean asked = false;
      for (Seat seat : seats) {
        asked |=
            seat.stage() == Stage.SECOND
                && ask(seat, batch, selection, row -> open.is(batch, judgements, row));
      }
      if (asked) {
        judge.accept(votes);
      }
      open.said(Stage.SECOND);
      for (Seat seat : seats) {
        if (seat.stage() == Stage.LAST) {
          if (ask(seat, batch, selection, row -> open.is(batch, judgements, row))) {
            judge.accept(votes);
          }
          open.said(seat);
        }
      }
      return votes;
    } finally {
      if (counted) { // others score now and then: what they kept would hold views that went
        selections.add(selection);
      }
      for (Seat seat : seats) {
        seat.lease().exit();
        if (counted) {
          seat.slot().count(seat.vote().scores(), seat.nanos().sum());
        }
      }
    }
  }

  private static List<Seat> seats(FlowBatch batch, Panel panel, IntFunction<Scores> room) {
    List<Seat> seats = new ArrayList<>(panel.slots().size());
    for (Slot slot : panel.slots()) {
      Lease lease = slot.enter();
      if (lease != null) {
        Scores scores = room.apply(seats.size());
        lease.withhold(batch, scores);
        Vote vote = new Vote(lease.detector.description(), scores);
        seats.add(new Seat(slot, lease, panel.stage(lease.detector, batch), vote, new LongAdder()));
      }
    }
    return seats;
  }

  /** Which judgements may still change. */
  private final class Open {
    private final Panel panel;
    private final double threshold;
    private final List<Seat> waiting;
    private double reach;

    Open(Panel panel, List<Seat> seats, double threshold) {
      this.panel = panel;
      this.threshold = threshold;
      this.waiting = new ArrayList<>(seats);
      said(Stage.FIRST);
    }

    void said(Stage stage) {
      waiting.removeIf(seat -> seat.stage() == stage);
      sum();
    }

    void said(Seat seat) {
      waiting.remove(seat);
      sum();
    }

    private void sum() {
      reach = waiting.stream().mapToDouble(seat -> panel.reach(seat.vote().detector().id())).sum();
    }

    boolean is(FlowBatch batch, Judgements judgements, int row) {
      return open(batch, judgements, row, reach, threshold);
    }
  }

  private boolean open(
      FlowBatch batch, Judgements judgements, int row, double reach, double threshold) {
    if (!judgements.judged(row) || sampled(batch, row)) {
      return true;
    }
    double now = logOdds(judgements.probability(row));
    return now + reach >= low && now - reach < threshold;
  }

  /**
   * The rows of a judged batch about which a detector that was not there would be asked: those that
   * are still open if it is asked after others, otherwise all.
   *
   * @param threshold the probability from which a flow is a detection
   */
  public IntPredicate rowsFor(
      Detector detector, Panel panel, FlowBatch batch, Judgements judgements, double threshold) {
    if (panel.stage(detector, batch) == Stage.FIRST) {
      return row -> true;
    }
    double reach = panel.reach(detector.description().id());
    double from = logOdds(threshold);
    return row -> open(batch, judgements, row, reach, from);
  }

  private static double logOdds(double probability) {
    return Math.log(probability / (1 - probability));
  }

  /**
   * Whether a row belongs to the share {@code cascade.sample} of all rows about which every
   * detector is asked whatever the others say, so that what is normal for each of them can be
   * watched. Drawn by the flow's ends and start: the same in every run.
   */
  public boolean sampled(FlowBatch batch, int row) {
    FlowIdentity who = batch.identity(row);
    long mixed = batch.startNanos(row) * 0x9E3779B97F4A7C15L + who.sourceLow() * 31;
    mixed = (mixed ^ (mixed >>> 31) ^ who.destinationLow()) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 29) ^ who.sourcePort()) * 0x94D049BB133111EBL;
    return (mixed >>> 11) * 0x1.0p-53 < share;
  }

  /** Asks about those rows of a batch that are wanted; false if there are none. */
  private boolean ask(Seat seat, FlowBatch batch, Selection selection, IntPredicate wanted) {
    Scores scores = seat.vote().scores();
    return selection.ask(
        batch,
        seat.vote().detector().views(),
        scores,
        wanted,
        (rows, said) -> seat.nanos().add(detectors.score(seat.slot(), seat.lease(), rows, said)));
  }
}
