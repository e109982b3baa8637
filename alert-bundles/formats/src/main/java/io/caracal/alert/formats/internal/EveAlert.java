package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.AlertEvent;
import java.io.IOException;
import java.util.List;

/** The object {@code alert} of an alert; its metadata name ATT&amp;CK as rule sets do. */
record EveAlert(AlertEvent alert) {
  void write(EventJson event) throws IOException {
    JsonGenerator json = event.json;
    Signature signature = Signature.of(alert);
    List<Attack> attacks = Attack.of(alert);
    List<Attack.Tactic> tactics = Attack.tactics(attacks);
    json.writeObjectFieldStart("alert");
    json.writeStringField("action", "allowed"); // a sensor only watches
    json.writeNumberField("gid", Signature.GENERATOR);
    json.writeNumberField("signature_id", signature.id());
    json.writeNumberField("rev", Signature.REVISION);
    json.writeStringField("signature", signature.text());
    json.writeStringField("category", alert.attackClass().name());
    json.writeNumberField("severity", alert.severity().number());
    if (!attacks.isEmpty()) {
      json.writeObjectFieldStart("metadata");
      event.texts("mitre_technique_id", attacks.stream().map(Attack::id).toList());
      event.texts("mitre_technique_name", attacks.stream().map(a -> word(a.name())).toList());
      if (!tactics.isEmpty()) {
        event.texts("mitre_tactic_id", tactics.stream().map(Attack.Tactic::id).toList());
        event.texts("mitre_tactic_name", tactics.stream().map(t -> word(t.name())).toList());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Metadata of rules have no spaces. */
  private static String word(String name) {
    return name.replace(' ', '_');
  }
}
