package io.caracal.fuzz;

import static io.caracal.api.packet.DecodeResult.BAD_TUNNEL;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.PacketHeaders;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What decoded headers must be, whatever the frame was. */
final class Headers {
  private static final long UINT32 = 0xffff_ffffL;
  private static final List<Field> FIELDS =
      Arrays.stream(PacketHeaders.class.getFields())
          .filter(field -> !Modifier.isStatic(field.getModifiers()))
          .toList();

  private Headers() {}

  /** A cursor full of what an earlier packet may have left. */
  static PacketHeaders used() {
    PacketHeaders headers = new PacketHeaders();
    try {
      for (Field field : FIELDS) {
        if (field.getType() == boolean.class) {
          field.setBoolean(headers, true);
        } else if (field.getType() == long.class) {
          field.setLong(headers, -7);
        } else if (field.getType() == int.class) {
          field.setInt(headers, -7);
        }
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError("the fields are public", e);
    }
    headers.encapsulation = Encapsulation.TEREDO;
    headers.inner = BAD_TUNNEL;
    return headers;
  }

  /** Every field by its name. */
  static Map<String, Object> values(PacketHeaders headers) {
    Map<String, Object> values = new LinkedHashMap<>();
    try {
      for (Field field : FIELDS) {
        values.put(field.getName(), field.get(headers));
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError("the fields are public", e);
    }
    return values;
  }

  static void check(DecodeResult result, PacketHeaders headers) {
    assertThat(result).isNotIn(TRUNCATED_TUNNEL, BAD_TUNNEL);
    if (result != OK) {
      return;
    }
    addresses(headers);
    lengths(headers);
    transport(headers);
    require(headers.vlan >>> 24 == 0, "vlan", headers.vlan);
    require(headers.ttl >>> 8 == 0, "ttl", headers.ttl);
    tunnel(headers);
    application(headers);
  }

  private static void addresses(PacketHeaders headers) {
    if (!headers.ipv6) {
      require(headers.sourceHigh == 0, "sourceHigh", headers.sourceHigh);
      require(headers.destinationHigh == 0, "destinationHigh", headers.destinationHigh);
      require((headers.sourceLow & UINT32) == headers.sourceLow, "source", headers.sourceLow);
      require(
          (headers.destinationLow & UINT32) == headers.destinationLow,
          "destination",
          headers.destinationLow);
    }
  }

  private static void lengths(PacketHeaders headers) {
    require(headers.ipHeaderLength >= (headers.ipv6 ? 40 : 20), "header", headers.ipHeaderLength);
    require(headers.transportHeaderLength >= 0, "transport", headers.transportHeaderLength);
    require(headers.payloadLength >= 0, "payload", headers.payloadLength);
    int sum = headers.ipHeaderLength + headers.transportHeaderLength + headers.payloadLength;
    require(sum == headers.ipLength, "the parts are not the ipLength", headers.ipLength);
  }

  private static void transport(PacketHeaders headers) {
    require(headers.protocol >>> 8 == 0, "protocol", headers.protocol);
    require(headers.sourcePort >>> 16 == 0, "sourcePort", headers.sourcePort);
    require(headers.destinationPort >>> 16 == 0, "destinationPort", headers.destinationPort);
    boolean tcp = headers.protocol == PacketHeaders.TCP;
    long mask = tcp ? UINT32 : 0;
    require((headers.tcpFlags & mask & 0xff) == headers.tcpFlags, "flags", headers.tcpFlags);
    require((headers.tcpWindow & mask & 0xffff) == headers.tcpWindow, "window", headers.tcpWindow);
    require((headers.tcpSequence & mask) == headers.tcpSequence, "seq", headers.tcpSequence);
    require(
        (headers.tcpAcknowledgment & mask) == headers.tcpAcknowledgment,
        "ack",
        headers.tcpAcknowledgment);
  }

  private static void application(PacketHeaders headers) {
    boolean tcp = headers.protocol == PacketHeaders.TCP;
    boolean udp = headers.protocol == PacketHeaders.UDP;
    int mask = udp ? 0xffff : 0;
    require((headers.dnsQueryId & mask) == headers.dnsQueryId, "DNS id", headers.dnsQueryId);
    require((headers.dnsQueryType & mask) == headers.dnsQueryType, "type", headers.dnsQueryType);
    require(
        (headers.dnsAnswerTtl & (udp ? UINT32 : 0)) == headers.dnsAnswerTtl,
        "DNS TTL",
        headers.dnsAnswerTtl);
    int response = headers.dnsResponseCode;
    require(response == -1 || (udp && response >= 0 && response <= 15), "DNS code", response);
    int code = headers.ftpReplyCode;
    require(code == 0 || (tcp && code >= 100 && code <= 659), "FTP code", code);
  }

  private static void tunnel(PacketHeaders headers) {
    int depth = headers.tunnelDepth;
    require(depth >= 0 && depth <= 4, "depth", depth);
    boolean none = headers.encapsulation == Encapsulation.NONE;
    require(none == (depth == 0), "encapsulation against depth", depth);
    require(!none || headers.tunnelId == 0, "tunnelId without tunnel", headers.tunnelId);
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new AssertionError(what + ": " + value);
    }
  }
}
