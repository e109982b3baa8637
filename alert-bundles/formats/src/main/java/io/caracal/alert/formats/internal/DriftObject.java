package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.DriftEvent;
import java.io.IOException;
import java.util.Map;

/** The object {@code caracal} of a drift event, in EVE and in ECS. */
record DriftObject(DriftEvent drift) {
  void write(EventJson event) throws IOException {
    JsonGenerator json = event.json;
    json.writeObjectFieldStart("caracal");
    json.writeStringField("state", drift.state().key());
    event.time("since", drift.sinceNanos());
    json.writeStringField("reference", drift.reference());
    json.writeNumberField("index", drift.index());
    indices(json, "detectors", drift.detectors());
    indices(json, "columns", drift.columns());
    json.writeNumberField("hosts", drift.hosts());
    if (drift.state() == DriftEvent.State.DRIFT) {
      json.writeStringField("proposal", "./caracal learn");
    }
    json.writeEndObject();
  }

  private static void indices(JsonGenerator json, String name, Map<String, Double> indices)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Double> entry : indices.entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
