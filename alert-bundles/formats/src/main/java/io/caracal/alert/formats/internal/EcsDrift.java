package io.caracal.alert.formats.internal;

import io.caracal.api.alert.DriftEvent;
import java.io.IOException;

/** A drift event in ECS: a state, not an alert. */
record EcsDrift(DriftEvent drift, String version) {
  void write(EventJson out) throws IOException {
    EcsBase base = new EcsBase(drift, version, new DriftWords(drift).text());
    base.begin(out);
    base.beginEvent(out, "state");
    out.json.writeStringField("action", "drift-" + drift.state().key());
    out.time("start", drift.sinceNanos());
    out.json.writeEndObject();
    new DriftObject(drift).write(out);
    out.json.writeEndObject();
  }
}
