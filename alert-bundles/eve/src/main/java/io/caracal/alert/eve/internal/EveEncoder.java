package io.caracal.alert.eve.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.flow.EndReason;
import java.io.IOException;

/** Writes events as EVE objects. One thread. */
final class EveEncoder {
  private static final long NANOS = 1_000_000_000;

  private final EveJson eve;
  private final JsonGenerator json;

  EveEncoder(JsonGenerator json, EveTime time) {
    this.eve = new EveJson(json, time);
    this.json = json;
  }

  void write(SensorEvent event) throws IOException {
    json.writeStartObject();
    eve.time("timestamp", event.timeNanos());
    switch (event) {
      case FlowEvent flow -> flow(flow);
      case AnomalyEvent anomaly -> anomaly(anomaly.detection());
      case AlertEvent alert -> alert(alert);
      case StatsEvent stats -> stats(stats);
    }
    json.writeEndObject();
  }

  private void type(EveType type) throws IOException {
    json.writeStringField("event_type", type.key());
  }

  private void flow(FlowEvent flow) throws IOException {
    type(EveType.FLOW);
    eve.flow(flow.flowId(), flow.identity());
    json.writeObjectFieldStart("flow");
    json.writeNumberField("pkts_toserver", flow.forwardPackets());
    json.writeNumberField("pkts_toclient", flow.backwardPackets());
    json.writeNumberField("bytes_toserver", flow.forwardBytes());
    json.writeNumberField("bytes_toclient", flow.backwardBytes());
    eve.time("start", flow.startNanos());
    eve.time("end", flow.lastNanos());
    json.writeNumberField("age", (flow.lastNanos() - flow.startNanos()) / NANOS);
    json.writeStringField("state", state(flow));
    json.writeStringField("reason", flow.reason().key());
    json.writeEndObject();
    if (flow.probability() >= 0) {
      json.writeObjectFieldStart("caracal");
      eve.number("probability", flow.probability());
      json.writeEndObject();
    }
  }

  private static String state(FlowEvent flow) {
    if (flow.reason() == EndReason.FIN || flow.reason() == EndReason.RST) {
      return "closed";
    }
    return flow.backwardPackets() > 0 ? "established" : "new";
  }

  private void anomaly(Detection detection) throws IOException {
    type(EveType.ANOMALY);
    eve.flow(detection.flowId(), detection.identity());
    json.writeObjectFieldStart("anomaly");
    json.writeStringField("type", "model");
    json.writeStringField("event", detection.attackClass().name());
    json.writeEndObject();
    json.writeObjectFieldStart("caracal");
    eve.number("probability", detection.probability());
    eve.number("uncertainty", detection.uncertainty());
    if (!detection.attackClass().technique().isEmpty()) {
      json.writeStringField("technique", detection.attackClass().technique());
    }
    eve.time("start", detection.startNanos());
    eve.time("end", detection.lastNanos());
    json.writeNumberField("packets", detection.packets());
    json.writeNumberField("bytes", detection.bytes());
    eve.detectors(detection.detectors());
    json.writeEndObject();
  }

  private void alert(AlertEvent alert) throws IOException {
    type(EveType.ALERT);
    eve.flow(alert.strongest().flowId(), alert.strongest().identity());
    new AlertObject(alert).write(eve);
  }

  private void stats(StatsEvent stats) throws IOException {
    type(EveType.STATS);
    CounterTree tree = new CounterTree();
    stats.counters().forEach(tree::put);
    json.writeFieldName("stats");
    tree.write(json);
  }
}
