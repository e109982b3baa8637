package io.caracal.core.internal.lane;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.packet.SourceCounters;
import io.caracal.core.internal.alert.AlertBook;
import io.caracal.core.internal.alert.SinkDispatcher;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.evidence.EvidenceFiles;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A sensor at work: one or several lanes, and what they share: the alerts, the way to the sinks,
 * the counters. Each lane is fed by one thread of its own.
 */
public final class Session implements AutoCloseable {
  private final List<Pipeline> pipelines;
  private final AlertBook alerts;
  private final SinkDispatcher sinks;
  private final DetectorPool detectors;
  private final Optional<EvidenceFiles> evidence;
  private final long statsNanos;
  private final AtomicLong nextStatsNanos = new AtomicLong(Long.MIN_VALUE);
  private volatile Supplier<Map<String, Object>> capture = () -> counters(SourceCounters.NONE);

  /**
   * Wires a sensor.
   *
   * @param block whether a lane waits when the sinks fall behind
   * @param observer sees every scored batch, before its events are made, on the lane's thread
   */
  public Session(Wiring wiring, int lanes, boolean block, ScoredBatch.Listener observer) {
    this.evidence = EvidenceFiles.of(wiring.settings(), block);
    this.detectors = wiring.detectors();
    this.statsNanos = wiring.settings().seconds("stats.interval", Duration.ofSeconds(30)).toNanos();
    this.sinks =
        new SinkDispatcher(
            wiring.sinks(), wiring.settings().integer("events.queue", 65_536), block);
    this.alerts =
        new AlertBook(
            wiring.settings().seconds("alerts.window", Duration.ofSeconds(300)),
            wiring.settings().seconds("alerts.update-interval", Duration.ofSeconds(60)),
            wiring.settings().integer("alerts.fold-sources", 10),
            this::publish);
    this.pipelines =
        Stream.generate(
                () ->
                    new Pipeline(
                        wiring,
                        lanes,
                        alerts,
                        evidence(wiring, lanes),
                        this::publish,
                        observer,
                        this::tick))
            .limit(lanes)
            .toList();
  }

  private Evidence evidence(Wiring wiring, int lanes) {
    return evidence
        .map(files -> files.lane(wiring.settings(), lanes, wiring.flows().key(), wiring.decoders()))
        .orElse(Evidence.NONE);
  }

  private void publish(SensorEvent event) {
    sinks.accept(event);
    if (event instanceof AlertEvent alert && alert.state() == AlertEvent.State.CLOSED) {
      evidence.ifPresent(files -> files.closed(alert.id()));
    }
  }

  /** Called by every lane; one stats event is written for all. */
  private void tick(Pipeline pipeline, long nowNanos) {
    alerts.advance(nowNanos);
    long due = nextStatsNanos.get();
    if (nowNanos >= due
        && nextStatsNanos.compareAndSet(due, nowNanos + statsNanos)
        && due != Long.MIN_VALUE) {
      pipeline.publish();
      publish(new StatsEvent(nowNanos, counters()));
    }
  }

  /** The lanes, to be fed by one thread each. */
  public List<Pipeline> pipelines() {
    return pipelines;
  }

  /** Sets what the inputs counted, where nothing more is known than their sum. */
  public void source(SourceCounters counters) {
    capture = () -> counters(counters);
  }

  /** Sets where the counters under {@code capture.} come from; called by any thread. */
  public void source(Supplier<Map<String, Object>> counters) {
    capture = counters;
  }

  /**
   * Ends every flow and alert: the capture is over, or the next one is of another time. The lanes'
   * threads must not feed them meanwhile.
   */
  public void flush() {
    pipelines.forEach(Pipeline::flush);
    alerts.flush(nowNanos());
    pipelines.forEach(pipeline -> pipeline.lane().restartClock());
    nextStatsNanos.set(Long.MIN_VALUE);
  }

  private long nowNanos() {
    return pipelines.stream().mapToLong(p -> p.lane().nowNanos()).max().orElse(Long.MIN_VALUE);
  }

  /** Flushes everything, writes a last stats event and closes the sinks. */
  @Override
  public void close() {
    long now = nowNanos();
    flush();
    pipelines.forEach(Pipeline::publish);
    pipelines.forEach(Pipeline::close);
    evidence.ifPresent(EvidenceFiles::close);
    publish(new StatsEvent(Math.max(now, 0), counters()));
    sinks.close();
  }

  /** Alerts raised so far by class. */
  public Map<String, Long> alerts() {
    return alerts.raised();
  }

  /** The sum of what the lanes published last. */
  public Map<String, Long> laneCounters() {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Pipeline pipeline : pipelines) {
      pipeline.counters().forEach((name, count) -> sums.merge(name, count, Long::sum));
    }
    return sums;
  }

  /** Every counter of the sensor, in a stable order. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>(capture.get());
    counters.putAll(laneCounters());
    counters.putAll(detectors.counters());
    counters.put("alerts.open", alerts.openCount());
    alerts.raised().forEach((name, count) -> counters.put("alerts.raised." + name, count));
    evidence.ifPresent(files -> counters.putAll(files.counters()));
    counters.putAll(sinks.counters());
    return counters;
  }

  private static Map<String, Object> counters(SourceCounters source) {
    Map<String, Object> counters = new LinkedHashMap<>();
    CaptureCounters.put(counters, "capture.", source);
    return counters;
  }
}
