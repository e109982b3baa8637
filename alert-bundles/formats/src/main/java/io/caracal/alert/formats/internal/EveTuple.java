package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.flow.FlowIdentity;
import java.io.IOException;

/** Who talked to whom, in the fields of EVE that stand outside the object of the event's type. */
record EveTuple(long flowId, FlowIdentity identity) {
  void write(JsonGenerator json) throws IOException {
    boolean ports = Protocol.hasPorts(identity.protocol());
    json.writeNumberField("flow_id", flowId);
    if (identity.vlan() != 0) {
      json.writeArrayFieldStart("vlan");
      for (int vlan : Protocol.vlans(identity)) {
        json.writeNumber(vlan);
      }
      json.writeEndArray();
    }
    json.writeStringField("src_ip", identity.source());
    if (ports) {
      json.writeNumberField("src_port", identity.sourcePort());
    }
    json.writeStringField("dest_ip", identity.destination());
    if (ports) {
      json.writeNumberField("dest_port", identity.destinationPort());
    }
    json.writeStringField("proto", identity.protocolName());
    if (Protocol.isIcmp(identity.protocol())) {
      json.writeNumberField("icmp_type", identity.sourcePort());
      json.writeNumberField(
          identity.oneWay() ? "icmp_code" : "response_icmp_type", identity.destinationPort());
    }
    json.writeStringField("community_id", identity.communityId());
  }
}
