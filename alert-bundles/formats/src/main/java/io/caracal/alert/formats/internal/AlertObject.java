package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.ClassCount;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.FeatureDriver;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The objects {@code alert} and {@code caracal} of an alert. */
record AlertObject(AlertEvent alert) {
  void write(EveJson eve) throws IOException {
    JsonGenerator json = eve.json;
    Detection strongest = alert.strongest();
    List<String> techniques =
        alert.classes().stream()
            .map(count -> count.attackClass().technique())
            .filter(Predicate.not(String::isEmpty))
            .distinct()
            .toList();
    Signature signature = Signature.of(alert);

    json.writeObjectFieldStart("alert");
    json.writeStringField("action", "allowed"); // a sensor only watches
    json.writeNumberField("gid", Signature.GENERATOR);
    json.writeNumberField("signature_id", signature.id());
    json.writeNumberField("rev", Signature.REVISION);
    json.writeStringField("signature", signature.text());
    json.writeStringField("category", alert.attackClass().name());
    json.writeNumberField("severity", alert.severity().number());
    if (!techniques.isEmpty()) {
      json.writeObjectFieldStart("metadata");
      eve.texts("mitre_technique_id", techniques);
      json.writeEndObject();
    }
    json.writeEndObject();

    json.writeObjectFieldStart("caracal");
    json.writeStringField("alert_id", alert.id());
    json.writeStringField("state", alert.state().name().toLowerCase(Locale.ROOT));
    eve.number("confidence", alert.confidence());
    eve.time("first", alert.firstNanos());
    eve.time("last", alert.lastNanos());
    json.writeStringField("attacker", alert.attacker());
    eve.texts("attackers", alert.attackers());
    json.writeNumberField("attacker_count", alert.attackerCount());
    eve.texts("victims", alert.victims());
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
    eve.number("probability", strongest.probability());
    eve.number("uncertainty", strongest.uncertainty());
    eve.detectors(strongest.detectors());
    if (strongest.host().isPresent()) {
      eve.host(strongest.host().get());
    }
    json.writeArrayFieldStart("drivers");
    for (FeatureDriver driver : alert.drivers()) {
      driver(eve, driver);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void driver(EveJson eve, FeatureDriver driver) throws IOException {
    eve.json.writeStartObject();
    eve.json.writeStringField("detector", driver.detector());
    eve.json.writeStringField("view", driver.view());
    eve.json.writeStringField("feature", driver.name());
    eve.json.writeStringField("unit", driver.unit());
    eve.number("actual", driver.actual());
    eve.number("typical", driver.typical());
    eve.number("weight", driver.weight());
    eve.json.writeEndObject();
  }
}
