package io.caracal.core.internal.lane;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.alert.AlertBook;
import io.caracal.core.internal.alert.Explainer;
import io.caracal.core.internal.alert.SinkDispatcher;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.ensemble.EnsemblePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sensor at work: one lane wired from frames to sinks. Fed by one thread. */
public final class Session implements AutoCloseable {
  private static final int DRIVERS = 5;

  private final Lane lane;
  private final Batcher batcher;
  private final Scorer scorer;
  private final AlertBook alerts;
  private final EventMaker events;
  private final SinkDispatcher sinks;
  private final DetectorPool detectors;
  private final long statsNanos;
  private long nextStatsNanos = Long.MIN_VALUE;
  private SourceCounters source = SourceCounters.NONE;

  /**
   * Wires a sensor.
   *
   * @param block whether the lane waits when the sinks fall behind
   * @param observer sees every scored batch, before its events are made
   */
  public Session(
      Settings settings,
      FlowSettings flows,
      PacketDecoder.Factory decoders,
      FlowTable.Factory tables,
      List<FeatureView> views,
      DetectorPool detectors,
      EnsemblePool ensembles,
      List<AlertSink> sinks,
      boolean block,
      ScoredBatch.Listener observer) {
    int capacity = settings.integer("batch.size", 256);
    this.detectors = detectors;
    this.statsNanos = settings.seconds("stats.interval", Duration.ofSeconds(30)).toNanos();
    this.sinks = new SinkDispatcher(sinks, settings.integer("events.queue", 65_536), block);
    this.alerts =
        new AlertBook(
            settings.seconds("alerts.window", Duration.ofSeconds(300)),
            settings.seconds("alerts.update-interval", Duration.ofSeconds(60)),
            settings.integer("alerts.fold-sources", 10),
            this::publish);
    this.events = new EventMaker(alerts, new Explainer(detectors, DRIVERS), this::publish);
    this.scorer = new Scorer(detectors, ensembles, Budget.of(settings), capacity);
    this.batcher =
        new Batcher(
            capacity,
            views,
            settings.seconds("batch.deadline", Duration.ofMillis(50)),
            scorer,
            scored -> {
              observer.onScored(scored);
              events.onScored(scored);
            });
    this.lane = new Lane(decoders, tables, flows, batcher, this::tick);
  }

  private void publish(SensorEvent event) {
    sinks.accept(event);
  }

  private void tick(long nowNanos) {
    batcher.advance(nowNanos);
    alerts.advance(nowNanos);
    if (nowNanos >= nextStatsNanos) {
      if (nextStatsNanos != Long.MIN_VALUE) {
        publish(new StatsEvent(nowNanos, counters()));
      }
      nextStatsNanos = nowNanos + statsNanos;
    }
  }

  /** Where frames go. */
  public Lane lane() {
    return lane;
  }

  /** Sets what the inputs counted so far. */
  public void source(SourceCounters counters) {
    source = counters;
  }

  /** Ends every flow and alert: the capture is over, or the next one is of another time. */
  public void flush() {
    lane.flush();
    batcher.flush();
    alerts.flush(lane.nowNanos());
    lane.restartClock();
    nextStatsNanos = Long.MIN_VALUE;
  }

  /** Flushes everything, writes a last stats event and closes the sinks. */
  @Override
  public void close() {
    long now = lane.nowNanos();
    flush();
    publish(new StatsEvent(Math.max(now, 0), counters()));
    sinks.close();
  }

  /** Flows judged an attack so far. */
  public long detections() {
    return events.detections();
  }

  /** Flows that have ended so far. */
  public long flows() {
    return events.flows();
  }

  /** Alerts raised so far by class. */
  public Map<String, Long> alerts() {
    return alerts.raised();
  }

  /** Frames that belong to no flow, by reason; only reasons that occurred. */
  public Map<String, Long> undecodable() {
    Map<String, Long> reasons = new LinkedHashMap<>();
    lane.results()
        .forEach(
            (result, count) -> {
              if (result != DecodeResult.OK && count > 0) {
                reasons.put(result.key(), count);
              }
            });
    return reasons;
  }

  /** Every counter of the sensor, in a stable order. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("capture.packets", source.packets());
    counters.put("capture.bytes", source.bytes());
    counters.put("capture.kernel_drops", source.droppedByKernel());
    counters.put("capture.interface_drops", source.droppedByInterface());
    counters.put("capture.truncated", source.truncated());
    counters.put("decoder.packets", lane.packets());
    counters.put("decoder.bytes", lane.bytes());
    lane.results().forEach((result, count) -> counters.put("decoder." + result.key(), count));
    lane.encapsulations()
        .forEach((kind, count) -> counters.put("decoder.encapsulation." + kind.key(), count));
    lane.inner().forEach((reason, count) -> counters.put("decoder.tunnel." + reason.key(), count));
    FlowCounters flows = lane.table().counters();
    counters.put("flow.active", flows.active());
    counters.put("flow.created", flows.created());
    for (EndReason reason : EndReason.values()) {
      counters.put("flow.ended." + reason.key(), flows.ended().getOrDefault(reason, 0L));
    }
    counters.put("scoring.batches", batcher.batches());
    counters.put("scoring.rows", batcher.rows());
    counters.put("scoring.ensemble_failures", scorer.ensembleFailures());
    counters.putAll(detectors.counters());
    counters.put("detections", events.detections());
    counters.put("alerts.open", alerts.openCount());
    new ArrayList<>(alerts.raised().entrySet())
        .forEach(entry -> counters.put("alerts.raised." + entry.getKey(), entry.getValue()));
    counters.putAll(sinks.counters());
    return counters;
  }
}
