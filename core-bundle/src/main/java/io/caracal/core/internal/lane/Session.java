package io.caracal.core.internal.lane;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertJournal;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.HostEvidence;
import io.caracal.api.packet.SourceCounters;
import io.caracal.core.internal.alert.AlertBook;
import io.caracal.core.internal.alert.AlertRules;
import io.caracal.core.internal.alert.Explainer;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panels;
import io.caracal.core.internal.drift.DriftWatch;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.evidence.EvidenceFiles;
import io.caracal.core.internal.exclusion.Exclusions;
import io.caracal.core.internal.flowlog.FlowLog;
import io.caracal.core.internal.sink.EventOutput;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A sensor at work: one or several lanes, and what becomes of their flows: the alerts, the way to
 * the sinks, the counters.
 */
public final class Session implements AutoCloseable {
  private static final int DRIVERS = 5;

  private final Lanes lanes;
  private final Scorer scorer;
  private final EventMaker events;
  private final AlertBook alerts;
  private final Explainer explainer;
  private final EventOutput output;
  private final DetectorPool detectors;
  private final Optional<EvidenceFiles> evidence;
  private final Optional<FlowLog> flowLog;
  private final DriftWatch drift;
  private final Exclusions exclusions;
  private final Supplier<Map<String, Object>> outside;
  private final long statsNanos;
  private volatile long nextStatsNanos = Long.MIN_VALUE;
  private long lastNanos;
  private volatile Supplier<Map<String, Object>> capture = () -> counters(SourceCounters.NONE);

  /**
   * Wires a sensor.
   *
   * @param feed how the lanes share the packets; where they are given captures, everything waits
   *     for what is slower
   * @param observer sees every scored row, before its events are made
   */
  public Session(Wiring wiring, int lanes, Lanes.Feed feed, ScoredBatch.Listener observer) {
    boolean block = feed == Lanes.Feed.WHOLE;
    evidence = EvidenceFiles.of(wiring.settings(), block);
    flowLog = wiring.flowLog().map(log -> new FlowLog(log, wiring.flows(), block));
    detectors = wiring.detectors();
    statsNanos = wiring.settings().seconds("stats.interval", Duration.ofSeconds(30)).toNanos();
    output = wiring.output().apply(block ? AlertJournal.Mode.REPLAY : AlertJournal.Mode.LIVE);
    exclusions = wiring.exclusions().open(block); // after the journal, which sees to the database
    outside = wiring.counters();
    AlertRules rules = AlertRules.of(wiring.settings());
    alerts = new AlertBook(rules, this::publish);
    drift =
        new DriftWatch(
            () -> wiring.ensembles().current().map(Ensemble.class::cast),
            wiring.settings(),
            this::publish);
    HostEvidence hosts =
        new HostEvidence(
            wiring.settings().integer("alerts.hosts", 100_000), rules.window().toNanos());
    Panels panels = wiring.panels();
    explainer =
        new Explainer(
            panels,
            new Cascade(detectors, wiring.settings(), false),
            Budget.of(wiring.settings())::threshold,
            DRIVERS,
            wiring.settings().text("explain.scope", "alerts").equals("detections"));
    events = new EventMaker(alerts, explainer, hosts, exclusions, this::publish);
    scorer =
        new Scorer(
            panels, new Cascade(detectors, wiring.settings(), true), Budget.of(wiring.settings()));
    this.lanes =
        new Lanes(
            wiring,
            lanes,
            feed,
            Scoring.of(wiring.settings(), detectors, scorer, block),
            () -> evidence(wiring, lanes),
            new Output(observer));
  }

  /** Makes events of what comes out of the lanes. */
  private final class Output implements LaneOutput {
    private final ScoredBatch.Listener observer;

    Output(ScoredBatch.Listener observer) {
      this.observer = observer;
    }

    @Override
    public void onRow(ScoredBatch scored, int row) {
      observer.onRow(scored, row);
      flowLog.ifPresent(log -> log.onRow(scored, row));
      drift.onRow(scored, row);
      events.onRow(scored, row);
    }

    @Override
    public void onTime(long nanos) {
      alerts.advance(nanos);
      if (nanos >= nextStatsNanos) {
        boolean first = nextStatsNanos == Long.MIN_VALUE;
        nextStatsNanos = nanos + statsNanos;
        if (!first) {
          publish(new StatsEvent(nanos, counters()));
        }
      }
    }

    @Override
    public void onEnd(long nanos) {
      lastNanos = nanos;
      alerts.flush(nanos);
      events.ended();
      nextStatsNanos = Long.MIN_VALUE;
    }

    @Override
    public long countersDue() {
      return nextStatsNanos;
    }
  }

  private Evidence evidence(Wiring wiring, int lanes) {
    return evidence
        .map(files -> files.lane(wiring.settings(), lanes, wiring.flows().key(), wiring.decoders()))
        .orElse(Evidence.NONE);
  }

  private void publish(SensorEvent event) {
    output.accept(event);
    if (event instanceof AlertEvent alert) {
      exclusions.told(alert);
    }
    if (event instanceof AlertEvent alert && alert.state() == AlertEvent.State.CLOSED) {
      evidence.ifPresent(files -> files.closed(alert.id()));
    }
  }

  /** The lanes, each of which is to be fed and ended by a thread of its own. */
  public Lanes lanes() {
    return lanes;
  }

  /** Sets what the inputs counted, where nothing more is known than their sum. */
  public void source(SourceCounters counters) {
    capture = () -> counters(counters);
  }

  /** Sets where the counters under {@code capture.} come from; called by any thread. */
  public void source(Supplier<Map<String, Object>> counters) {
    capture = counters;
  }

  /** Writes a last stats event and gives the sinks a while; the lanes have ended. */
  @Override
  public void close() {
    lanes.close();
    evidence.ifPresent(EvidenceFiles::close);
    flowLog.ifPresent(FlowLog::close);
    exclusions.close();
    publish(new StatsEvent(Math.max(lastNanos, 0), counters()));
    output.close();
  }

  /** Flows that have ended so far. */
  public long flows() {
    return events.flows();
  }

  /** Flows judged an attack so far. */
  public long detections() {
    return events.detections();
  }

  /** Alerts raised so far by class. */
  public Map<String, Long> alerts() {
    return alerts.raised();
  }

  /** What the operator must know in the end of what the sinks did not get. */
  public List<String> notices() {
    return output.notices();
  }

  /** Every counter of the sensor, in a stable order. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>(capture.get());
    counters.putAll(lanes.counters());
    counters.putAll(scorer.counters());
    counters.put("flow.reported", events.flows());
    counters.put("detections", events.detections());
    counters.putAll(detectors.counters());
    counters.putAll(drift.counters());
    counters.putAll(new TreeMap<>(events.counters()));
    counters.putAll(explainer.counters());
    counters.putAll(alerts.counters());
    counters.putAll(exclusions.counters());
    evidence.ifPresent(files -> counters.putAll(files.counters()));
    flowLog.ifPresent(log -> counters.putAll(log.counters()));
    counters.putAll(output.counters());
    counters.putAll(outside.get());
    return counters;
  }

  private static Map<String, Object> counters(SourceCounters source) {
    Map<String, Object> counters = new LinkedHashMap<>();
    CaptureCounters.put(counters, "capture.", source);
    return counters;
  }
}
