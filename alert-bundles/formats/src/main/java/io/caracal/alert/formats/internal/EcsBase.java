package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.EventType;
import io.caracal.api.alert.SensorEvent;
import java.io.IOException;

/** The fields of ECS that every event has. */
record EcsBase(SensorEvent event, String version, String message) {
  /** Of the schema. */
  private static final String ECS = "8.17.0";

  /** Begins the line. */
  void begin(EventJson out) throws IOException {
    JsonGenerator json = out.json;
    json.writeStartObject();
    out.time("@timestamp", event.timeNanos());
    json.writeStringField("message", message);
    json.writeObjectFieldStart("ecs");
    json.writeStringField("version", ECS);
    json.writeEndObject();
    json.writeObjectFieldStart("observer");
    json.writeStringField("type", "ids");
    json.writeStringField("vendor", Product.VENDOR);
    json.writeStringField("product", Product.NAME);
    json.writeStringField("version", version);
    json.writeEndObject();
  }

  /** Begins the object {@code event}. */
  void beginEvent(EventJson out, String kind) throws IOException {
    JsonGenerator json = out.json;
    json.writeObjectFieldStart("event");
    json.writeStringField("kind", kind);
    json.writeStringField("module", "caracal");
    json.writeStringField("dataset", "caracal." + EventType.of(event).key());
    json.writeStringField("provider", CaracalObject.EVENT_KIND);
  }
}
