package io.caracal.core.internal.ensemble;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.guard.Breaker;
import io.caracal.core.internal.guard.Latency;
import io.caracal.core.internal.guard.Limits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An installed ensemble whose failures stay its own. A batch that it fails on stays unjudged;
 * whatever else it fails to say is as if it did not know. Thread-safe.
 */
public final class GuardedEnsemble implements Ensemble {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedEnsemble.class);

  private final Ensemble ensemble;
  private final EnsembleDescription description;
  private final BiConsumer<GuardedEnsemble, String> quarantine;
  private final Breaker judging;
  private final Breaker answering;
  private final Latency latency = new Latency();
  private final LongAdder failures = new LongAdder();

  /**
   * Guards an ensemble.
   *
   * @param quarantine told with the reason when it has failed too often
   */
  GuardedEnsemble(
      Ensemble ensemble, Limits limits, BiConsumer<GuardedEnsemble, String> quarantine) {
    this.ensemble = ensemble;
    this.description = ensemble.description();
    this.quarantine = quarantine;
    this.judging = new Breaker(limits);
    this.answering = new Breaker(limits);
  }

  /** What is guarded. */
  public Ensemble unguarded() {
    return ensemble;
  }

  /** How long it takes to judge. */
  public Latency latency() {
    return latency;
  }

  /** Calls that failed. */
  long failures() {
    return failures.sum();
  }

  @Override
  public EnsembleDescription description() {
    return description;
  }

  @Override
  public void judge(FlowBatch batch, List<Vote> votes, Judgements judgements) {
    long start = System.nanoTime();
    Optional<String> verdict;
    try {
      ensemble.judge(batch, votes, judgements);
      verdict = judging.succeeded(System.nanoTime() - start, batch.size());
    } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
      judgements.reset(batch.size());
      verdict = failed(judging, failure.toString());
    }
    latency.add(System.nanoTime() - start);
    verdict.ifPresent(reason -> quarantine.accept(this, reason));
  }

  private Optional<String> failed(Breaker breaker, String reason) {
    failures.increment();
    if (failures.sum() == 1) {
      LOG.error(
          "ensemble {} {} failed and the batch stays unjudged: {}",
          description.id(),
          description.version(),
          reason);
    }
    return breaker.failed(reason);
  }

  @Override
  public double reach(String detector) {
    return ask("reach", () -> ensemble.reach(detector), Double.POSITIVE_INFINITY);
  }

  @Override
  public double threshold(double falseAlertsPerDay, double flowsPerDay) {
    return ask(
        "threshold",
        () -> ensemble.threshold(falseAlertsPerDay, flowsPerDay),
        Double.POSITIVE_INFINITY);
  }

  @Override
  public double hostThreshold(double falseAlertsPerDay, double flowsPerDay) {
    return ask(
        "host threshold",
        () -> ensemble.hostThreshold(falseAlertsPerDay, flowsPerDay),
        Double.POSITIVE_INFINITY);
  }

  private double ask(String what, DoubleSupplier question, double unknown) {
    long start = System.nanoTime();
    try {
      double answer = question.getAsDouble();
      if (Double.isNaN(answer)) {
        throw new IllegalArgumentException("its " + what + " is not a number");
      }
      answering.succeeded(System.nanoTime() - start, 1);
      return answer;
    } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
      failed(answering, failure.toString()).ifPresent(reason -> quarantine.accept(this, reason));
      return unknown;
    }
  }

  @Override
  public double contribution(Vote vote, int row) {
    return tell(() -> ensemble.contribution(vote, row));
  }

  @Override
  public double normalShareBelow(String view, String column, double value) {
    return tell(() -> ensemble.normalShareBelow(view, column, value));
  }

  /** Not a number is an answer here. */
  private double tell(DoubleSupplier question) {
    try {
      return question.getAsDouble();
    } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
      failed(answering, failure.toString()).ifPresent(reason -> quarantine.accept(this, reason));
      return Double.NaN;
    }
  }
}
