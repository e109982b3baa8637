package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.FlowIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The conventions that all EVE events share: times, numbers, who talked to whom. */
final class EveJson {
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int SCTP = 132;

  final JsonGenerator json;
  private final EveTime time;

  EveJson(JsonGenerator json, EveTime time) {
    this.json = json;
    this.time = time;
  }

  void time(String name, long nanos) throws IOException {
    json.writeStringField(name, time.text(nanos));
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

  /** The fields of a flow that stand outside the object of the event's type. */
  void flow(long flowId, FlowIdentity identity) throws IOException {
    json.writeNumberField("flow_id", flowId);
    vlan(identity.vlan());
    json.writeStringField("src_ip", identity.source());
    if (hasPorts(identity.protocol())) {
      json.writeNumberField("src_port", identity.sourcePort());
    }
    json.writeStringField("dest_ip", identity.destination());
    if (hasPorts(identity.protocol())) {
      json.writeNumberField("dest_port", identity.destinationPort());
    }
    json.writeStringField("proto", identity.protocolName());
    if (identity.protocol() == ICMP || identity.protocol() == ICMPV6) {
      json.writeNumberField("icmp_type", identity.sourcePort());
      json.writeNumberField(
          identity.oneWay() ? "icmp_code" : "response_icmp_type", identity.destinationPort());
    }
    json.writeStringField("community_id", identity.communityId());
  }

  private void vlan(int ids) throws IOException {
    if (ids != 0) {
      json.writeArrayFieldStart("vlan");
      json.writeNumber(ids & 0xFFF);
      if (ids >>> 12 != 0) {
        json.writeNumber((ids >>> 12) & 0xFFF);
      }
      json.writeEndArray();
    }
  }

  static boolean hasPorts(int protocol) {
    return protocol == TCP || protocol == UDP || protocol == SCTP;
  }
}
