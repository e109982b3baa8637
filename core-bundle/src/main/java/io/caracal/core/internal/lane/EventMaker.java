package io.caracal.core.internal.lane;

import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.detect.HostEvidence;
import io.caracal.api.detect.JudgedFlow;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.alert.AlertBook;
import io.caracal.core.internal.alert.Explainer;
import io.caracal.core.internal.exclusion.Exclusions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Turns scored rows of all lanes into events. A flow is judged at every checkpoint and at its end
 * but counts as one detection, at the first record that is judged an attack, or that makes a host
 * one or adds to it.
 */
final class EventMaker implements ScoredBatch.Listener {
  private final AlertBook alerts;
  private final Explainer explainer;
  private final HostEvidence hosts;
  private final Exclusions exclusions;
  private final Consumer<SensorEvent> output;

  /** Live flows that were detected at a checkpoint; an entry goes when the flow ends. */
  private final Set<Long> detectedAlive = new HashSet<>();

  /** Live flows that an exclusion covered at a checkpoint; an entry goes when the flow ends. */
  private final Set<Long> excludedAlive = new HashSet<>();

  private final LongAdder flows = new LongAdder();
  private final LongAdder detections = new LongAdder();

  EventMaker(
      AlertBook alerts,
      Explainer explainer,
      HostEvidence hosts,
      Exclusions exclusions,
      Consumer<SensorEvent> output) {
    this.alerts = alerts;
    this.explainer = explainer;
    this.hosts = hosts;
    this.exclusions = exclusions;
    this.output = output;
  }

  @Override
  public void onRow(ScoredBatch scored, int row) {
    FlowBatch batch = scored.batch();
    alerts.advance(batch.flow(row).writtenNanos());
    boolean ended = batch.reason(row) != EndReason.CHECKPOINT;
    if (ended) {
      flows.increment();
      output.accept(flowEvent(scored, row));
    }
    OptionalLong exclusion = exclusion(scored, row);
    if (exclusion.isPresent()) {
      excluded(scored, row, ended, exclusion.getAsLong());
      return;
    }
    if (ended) {
      excludedAlive.remove(batch.flowId(row));
    }
    List<Suspicion> suspicions = suspicions(scored, row, ended);
    if (scored.detected(row)) {
      detected(scored, row, ended, Optional.empty());
    } else if (!suspicions.isEmpty()) {
      detected(scored, row, ended, Optional.of(suspicions.getFirst()));
    } else if (ended && detectedAlive.remove(batch.flowId(row))) {
      scored.evidence().ended(batch, row);
    }
  }

  /** Asked only for flows that would give evidence. */
  private OptionalLong exclusion(ScoredBatch scored, int row) {
    if (exclusions.isEmpty()
        || !scored.judgements().judged(row)
        || !(scored.detected(row) || scored.judgements().tail(row) < HostEvidence.FLOOR)) {
      return OptionalLong.empty();
    }
    return exclusions.find(
        scored.batch().identity(row),
        scored.judgements().attackClass(row).name(),
        () ->
            detection(scored, row, Optional.empty()).decisive().map(DetectorScore::id).orElse(""));
  }

  /** No evidence for an alert or against a host; but what would have been is told and counted. */
  private void excluded(ScoredBatch scored, int row, boolean ended, long exclusion) {
    FlowBatch batch = scored.batch();
    long flow = batch.flowId(row);
    boolean counted = ended ? excludedAlive.remove(flow) : !excludedAlive.add(flow);
    if (!counted) {
      exclusions.hit(exclusion);
    }
    boolean told = ended ? detectedAlive.remove(flow) : detectedAlive.contains(flow);
    if (told && ended) {
      scored.evidence().ended(batch, row);
    } else if (!told && scored.detected(row)) {
      if (!ended) {
        detectedAlive.add(flow);
      }
      detections.increment();
      output.accept(
          new AnomalyEvent(
              batch.lastNanos(row), detection(scored, row, Optional.empty()), exclusion));
    }
  }

  private List<Suspicion> suspicions(ScoredBatch scored, int row, boolean ended) {
    FlowBatch batch = scored.batch();
    if (!scored.judgements().judged(row) || Double.isInfinite(scored.hostThreshold())) {
      return List.of();
    }
    return hosts.add(
        new JudgedFlow(
            batch.flowId(row),
            batch.identity(row),
            batch.lastNanos(row),
            scored.judgements().tail(row),
            scored.judgements().attackClass(row),
            ended),
        scored.hostThreshold());
  }

  private void detected(ScoredBatch scored, int row, boolean ended, Optional<Suspicion> host) {
    FlowBatch batch = scored.batch();
    long flow = batch.flowId(row);
    boolean known = ended ? detectedAlive.remove(flow) : !detectedAlive.add(flow);
    if (known) {
      if (ended) {
        scored.evidence().ended(batch, row);
      }
      return;
    }
    detections.increment();
    Detection detection = detection(scored, row, host);
    String alert = alerts.add(detection, explainer.of(batch, row), batch.lastNanos(row));
    exclusions.keep(alert, detection);
    output.accept(new AnomalyEvent(batch.lastNanos(row), detection, alert));
    scored.evidence().detected(alert, detection, batch, row);
  }

  private static Detection detection(ScoredBatch scored, int row, Optional<Suspicion> host) {
    FlowBatch batch = scored.batch();
    List<DetectorScore> scores = new ArrayList<>();
    for (Vote vote : scored.votes()) {
      if (!vote.scores().abstained(row)) {
        scores.add(
            new DetectorScore(
                vote.detector().id(),
                vote.detector().version(),
                vote.scores().score(row),
                scored
                    .ensemble()
                    .map(ensemble -> ensemble.contribution(vote, row))
                    .orElse(Double.NaN)
                    .floatValue()));
      }
    }
    return new Detection(
        batch.flowId(row),
        batch.identity(row),
        batch.startNanos(row),
        batch.lastNanos(row),
        batch.packets(row),
        batch.forwardBytes(row) + batch.backwardBytes(row),
        host.map(Suspicion::attackClass).orElse(scored.judgements().attackClass(row)),
        scored.judgements().probability(row),
        scored.judgements().uncertainty(row),
        scores,
        host);
  }

  private static FlowEvent flowEvent(ScoredBatch scored, int row) {
    FlowBatch batch = scored.batch();
    return new FlowEvent(
        batch.flow(row),
        scored.judgements().judged(row) ? scored.judgements().probability(row) : -1);
  }

  /** Flows that have ended. */
  long flows() {
    return flows.sum();
  }

  /** Flows judged an attack, by themselves or as evidence against a host. */
  long detections() {
    return detections.sum();
  }

  /** The capture is over; what comes next is of another time. */
  void ended() {
    hosts.clear();
  }

  /** Counters under {@code hosts.}. */
  Map<String, Long> counters() {
    return Map.of("hosts.suspected", (long) hosts.size(), "hosts.forgotten", hosts.forgotten());
  }
}
