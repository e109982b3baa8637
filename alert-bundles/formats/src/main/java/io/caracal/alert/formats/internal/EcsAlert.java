package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.AlertEvent;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** An alert in ECS. */
record EcsAlert(AlertEvent alert, String version) {
  private static final float PERCENT = 100;

  void write(EventJson out) throws IOException {
    Signature signature = Signature.of(alert);
    EcsBase base = new EcsBase(alert, version, signature.text());
    base.begin(out);
    event(out, base, signature);
    rule(out, signature);
    threat(out, Attack.of(alert));
    new EcsTuple(alert.strongest().identity()).write(out.json);
    related(out);
    new CaracalObject(alert).write(out);
    out.json.writeEndObject();
  }

  private void event(EventJson out, EcsBase base, Signature signature) throws IOException {
    JsonGenerator json = out.json;
    base.beginEvent(out, "alert");
    out.texts("category", List.of("intrusion_detection", "network"));
    out.texts("type", List.of("info"));
    json.writeStringField("id", alert.eventId());
    json.writeNumberField("sequence", alert.revision());
    json.writeStringField("code", Long.toString(signature.id()));
    json.writeStringField("action", "alert-" + alert.state().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("severity", alert.severity().number());
    if (Float.isFinite(alert.confidence())) {
      out.number("risk_score", PERCENT * alert.confidence());
      out.number("risk_score_norm", PERCENT * alert.confidence());
    }
    out.time("start", alert.firstNanos());
    out.time("end", alert.lastNanos());
    json.writeNumberField("duration", alert.lastNanos() - alert.firstNanos());
    String why = new AlertWords(alert).drivers();
    if (!why.isEmpty()) {
      json.writeStringField("reason", why);
    }
    json.writeEndObject();
  }

  private void rule(EventJson out, Signature signature) throws IOException {
    JsonGenerator json = out.json;
    json.writeObjectFieldStart("rule");
    json.writeStringField("id", Long.toString(signature.id()));
    json.writeStringField("name", alert.attackClass().name());
    json.writeStringField("category", alert.attackClass().name());
    json.writeStringField("ruleset", "caracal-models");
    json.writeStringField("version", Integer.toString(Signature.REVISION));
    json.writeEndObject();
  }

  private static void threat(EventJson out, List<Attack> attacks) throws IOException {
    if (attacks.isEmpty()) {
      return;
    }
    out.json.writeObjectFieldStart("threat");
    out.json.writeStringField("framework", "MITRE ATT&CK");
    out.json.writeObjectFieldStart("technique");
    techniques(out, attacks.stream().map(Attack::technique).distinct().toList());
    List<Attack> subtechniques = attacks.stream().filter(Attack::isSubtechnique).toList();
    if (!subtechniques.isEmpty()) {
      out.json.writeObjectFieldStart("subtechnique");
      techniques(out, subtechniques);
      out.json.writeEndObject();
    }
    out.json.writeEndObject();
    List<Attack.Tactic> tactics = Attack.tactics(attacks);
    if (!tactics.isEmpty()) {
      out.json.writeObjectFieldStart("tactic");
      out.texts("id", tactics.stream().map(Attack.Tactic::id).toList());
      out.texts("name", tactics.stream().map(Attack.Tactic::name).toList());
      out.json.writeEndObject();
    }
    out.json.writeEndObject();
  }

  private static void techniques(EventJson out, List<Attack> techniques) throws IOException {
    out.texts("id", techniques.stream().map(Attack::id).toList());
    out.texts("name", techniques.stream().map(Attack::name).toList());
  }

  /** All addresses of the alert; what is no address to Elasticsearch stands under caracal only. */
  private void related(EventJson out) throws IOException {
    List<String> addresses =
        Stream.of(
                List.of(
                    alert.strongest().identity().source(),
                    alert.strongest().identity().destination()),
                alert.attackers(),
                alert.victims())
            .flatMap(List::stream)
            .filter(EcsAlert::isAddress)
            .distinct()
            .toList();
    out.json.writeObjectFieldStart("related");
    out.texts("ip", addresses);
    out.json.writeEndObject();
  }

  private static boolean isAddress(String text) {
    return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");
  }
}
