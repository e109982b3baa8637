package io.caracal.alert.formats.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.packet.PacketHeaders;
import java.io.IOException;
import java.util.HexFormat;

/** The objects {@code flow} and {@code tcp} of a flow, in Suricata's words. */
record FlowObject(FlowSummary flow) {
  private static final long NANOS = 1_000_000_000;
  private static final HexFormat HEX = HexFormat.of();

  /** Suricata's names of the flags, by bit from the lowest. */
  private static final String[] FLAGS = {"fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"};

  void write(EventJson eve) throws IOException {
    JsonGenerator json = eve.json;
    json.writeObjectFieldStart("flow");
    json.writeNumberField("pkts_toserver", flow.forward().packets());
    json.writeNumberField("pkts_toclient", flow.backward().packets());
    json.writeNumberField("bytes_toserver", flow.forward().ipBytes());
    json.writeNumberField("bytes_toclient", flow.backward().ipBytes());
    eve.time("start", flow.startNanos());
    eve.time("end", flow.lastNanos());
    json.writeNumberField("age", (flow.lastNanos() - flow.startNanos()) / NANOS);
    json.writeStringField("state", state());
    json.writeStringField("reason", flow.reason().key());
    json.writeEndObject();
    if (flow.who().protocol() == PacketHeaders.TCP) {
      tcp(json, flow.forward().tcpFlags(), flow.backward().tcpFlags());
    }
  }

  private static void tcp(JsonGenerator json, int toServer, int toClient) throws IOException {
    json.writeObjectFieldStart("tcp");
    json.writeStringField("tcp_flags", HEX.toHexDigits((byte) (toServer | toClient)));
    json.writeStringField("tcp_flags_ts", HEX.toHexDigits((byte) toServer));
    json.writeStringField("tcp_flags_tc", HEX.toHexDigits((byte) toClient));
    for (int bit = 0; bit < FLAGS.length; bit++) {
      if (((toServer | toClient) >>> bit & 1) != 0) {
        json.writeBooleanField(FLAGS[bit], true);
      }
    }
    json.writeEndObject();
  }

  private String state() {
    if (flow.reason() == EndReason.FIN || flow.reason() == EndReason.RST) {
      return "closed";
    }
    return flow.backward().packets() > 0 ? "established" : "new";
  }
}
