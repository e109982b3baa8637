package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.flow.FlowIdentity;
import java.io.IOException;
import java.util.Locale;

/** Who talked to whom, in ECS: {@code source}, {@code destination} and {@code network}. */
record EcsTuple(FlowIdentity identity) {
  void write(JsonGenerator json) throws IOException {
    end(json, "source", identity.source(), identity.sourcePort());
    end(json, "destination", identity.destination(), identity.destinationPort());
    json.writeObjectFieldStart("network");
    json.writeStringField("type", identity.ipv6() ? "ipv6" : "ipv4");
    json.writeStringField("iana_number", Integer.toString(identity.protocol()));
    json.writeStringField("transport", identity.protocolName().toLowerCase(Locale.ROOT));
    json.writeStringField("community_id", identity.communityId());
    int[] vlans = Protocol.vlans(identity);
    if (vlans.length > 0) {
      vlan(json, vlans[0]);
    }
    if (vlans.length > 1) {
      json.writeObjectFieldStart("inner");
      vlan(json, vlans[1]);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void end(JsonGenerator json, String name, String address, int port) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("address", address);
    json.writeStringField("ip", address);
    if (Protocol.hasPorts(identity.protocol())) {
      json.writeNumberField("port", port);
    }
    json.writeEndObject();
  }

  private static void vlan(JsonGenerator json, int id) throws IOException {
    json.writeObjectFieldStart("vlan");
    json.writeStringField("id", Integer.toString(id));
    json.writeEndObject();
  }
}
