package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.ClassCount;
import io.caracal.api.alert.Detection;
import java.io.IOException;
import java.util.Locale;

/** The object {@code caracal} of an alert, in EVE and in ECS: what neither has a word for. */
record CaracalObject(AlertEvent alert) {
  /** Sets what models find apart from what rules find. */
  static final String EVENT_KIND = "model";

  void write(EventJson event) throws IOException {
    JsonGenerator json = event.json;
    Detection strongest = alert.strongest();
    json.writeObjectFieldStart("caracal");
    json.writeStringField("event_id", alert.eventId());
    json.writeStringField("event_kind", EVENT_KIND);
    json.writeStringField("alert_id", alert.id());
    json.writeNumberField("revision", alert.revision());
    json.writeStringField("state", alert.state().name().toLowerCase(Locale.ROOT));
    event.number("confidence", alert.confidence());
    event.time("first", alert.firstNanos());
    event.time("last", alert.lastNanos());
    json.writeStringField("attacker", alert.attacker());
    event.texts("attackers", alert.attackers());
    json.writeNumberField("attacker_count", alert.attackerCount());
    event.texts("victims", alert.victims());
    json.writeNumberField("victim_count", alert.victimCount());
    json.writeArrayFieldStart("ports");
    for (int port : alert.ports()) {
      json.writeNumber(port);
    }
    json.writeEndArray();
    json.writeNumberField("port_count", alert.portCount());
    json.writeNumberField("flows", alert.flows());
    json.writeObjectFieldStart("classes");
    for (ClassCount count : alert.classes()) {
      json.writeNumberField(count.attackClass().name(), count.flows());
    }
    json.writeEndObject();
    if (alert.folded() > 0) {
      json.writeNumberField("folded", alert.folded());
    }
    event.number("probability", strongest.probability());
    event.number("uncertainty", strongest.uncertainty());
    event.detectors(strongest.detectors());
    if (strongest.host().isPresent()) {
      event.host(strongest.host().get());
    }
    event.drivers(alert.drivers());
    json.writeEndObject();
  }
}
