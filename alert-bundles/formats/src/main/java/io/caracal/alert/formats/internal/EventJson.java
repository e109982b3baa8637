package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.detect.Suspicion;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What events in JSON have in common: times, numbers, lists, and what detectors say. */
final class EventJson {
  final JsonGenerator json;
  private final Timestamps times;

  EventJson(JsonGenerator json, Timestamps times) {
    this.json = json;
    this.times = times;
  }

  void time(String name, long nanos) throws IOException {
    json.writeStringField(name, times.text(nanos));
  }

  /** A number, or null where JSON has none: it knows neither NaN nor infinity. */
  void number(String name, float value) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }

  void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  void detectors(List<DetectorScore> scores) throws IOException {
    json.writeArrayFieldStart("detectors");
    for (DetectorScore score : scores) {
      json.writeStartObject();
      json.writeStringField("id", score.id());
      json.writeStringField("version", score.version());
      number("score", score.score());
      number("contribution", score.contribution());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  void drivers(List<FeatureDriver> drivers) throws IOException {
    json.writeArrayFieldStart("drivers");
    for (FeatureDriver driver : drivers) {
      json.writeStartObject();
      json.writeStringField("detector", driver.detector());
      json.writeStringField("view", driver.view());
      json.writeStringField("feature", driver.name());
      json.writeStringField("unit", driver.unit());
      number("actual", driver.actual());
      number("typical", driver.typical());
      number("weight", driver.weight());
      number("below", driver.below());
      number("above", driver.above());
      json.writeStringField("text", driver.sentence());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The host that many flows together made a detection. */
  void host(Suspicion host) throws IOException {
    json.writeObjectFieldStart("host");
    json.writeStringField("role", host.role().name().toLowerCase(Locale.ROOT));
    json.writeStringField("address", host.host());
    number("evidence", (float) host.evidence());
    number("threshold", (float) host.threshold());
    time("since", host.sinceNanos());
    json.writeNumberField("flows", host.count());
    json.writeArrayFieldStart("flow_ids");
    for (Suspicion.Flow flow : host.flows()) {
      json.writeNumber(flow.id());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
