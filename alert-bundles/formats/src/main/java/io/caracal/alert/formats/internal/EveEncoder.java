package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import java.io.IOException;

/** Writes events as EVE objects. One thread. */
final class EveEncoder {
  private final EventJson eve;
  private final JsonGenerator json;

  EveEncoder(JsonGenerator json, Timestamps times) {
    this.eve = new EventJson(json, times);
    this.json = json;
  }

  void write(SensorEvent event) throws IOException {
    json.writeStartObject();
    eve.time("timestamp", event.timeNanos());
    switch (event) {
      case FlowEvent flow -> flow(flow);
      case AnomalyEvent anomaly -> anomaly(anomaly);
      case AlertEvent alert -> alert(alert);
      case DriftEvent drift -> drift(drift);
      case StatsEvent stats -> stats(stats);
    }
    json.writeEndObject();
  }

  private void type(String type) throws IOException {
    json.writeStringField("event_type", type);
  }

  private void flow(FlowEvent event) throws IOException {
    type("flow");
    new EveTuple(event.flow().flowId(), event.flow().who()).write(json);
    new FlowObject(event.flow()).write(eve);
    json.writeObjectFieldStart("caracal");
    json.writeStringField("conn_state", event.flow().state().name());
    if (!event.flow().history().isEmpty()) {
      json.writeStringField("history", event.flow().history());
    }
    if (event.probability() >= 0) {
      eve.number("probability", event.probability());
    }
    json.writeEndObject();
  }

  private void anomaly(AnomalyEvent event) throws IOException {
    Detection detection = event.detection();
    type("anomaly");
    new EveTuple(detection.flowId(), detection.identity()).write(json);
    json.writeObjectFieldStart("anomaly");
    json.writeStringField("type", "model");
    json.writeStringField("event", detection.attackClass().name());
    json.writeEndObject();
    json.writeObjectFieldStart("caracal");
    if (event.alert().isPresent()) {
      json.writeStringField("alert_id", event.alert().get());
    }
    if (event.exclusion().isPresent()) {
      json.writeNumberField("exclusion_id", event.exclusion().getAsLong());
    }
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
    if (detection.host().isPresent()) {
      eve.host(detection.host().get());
    }
    json.writeEndObject();
  }

  private void alert(AlertEvent alert) throws IOException {
    type("alert");
    new EveTuple(alert.strongest().flowId(), alert.strongest().identity()).write(json);
    new EveAlert(alert).write(eve);
    new CaracalObject(alert).write(eve);
  }

  private void drift(DriftEvent drift) throws IOException {
    type("drift");
    new DriftObject(drift).write(eve);
  }

  private void stats(StatsEvent stats) throws IOException {
    type("stats");
    CounterTree tree = new CounterTree();
    stats.counters().forEach(tree::put);
    json.writeFieldName("stats");
    tree.write(json);
  }
}
