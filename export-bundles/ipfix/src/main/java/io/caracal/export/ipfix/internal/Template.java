package io.caracal.export.ipfix.internal;

import io.caracal.api.flow.FlowSummary;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a data record holds (RFC 7011, section 3.4.1): a bidirectional flow in one record, forward
 * by the initiator (RFC 5103). Described in docs/flow-export.md; a change needs another id.
 */
final class Template {
  /** Number of the set that templates are in. */
  static final short SET = 2;

  private static final int ENTERPRISE_BIT = 0x8000;

  private static final List<Element> COMMON =
      List.of(
          Element.of(152, 8, (to, flow) -> to.putLong(Element.millis(flow.startNanos()))),
          Element.of(153, 8, (to, flow) -> to.putLong(Element.millis(flow.lastNanos()))),
          Element.of(
              7, 2, (to, flow) -> to.putShort(Element.port(flow.who(), flow.who().sourcePort()))),
          Element.of(
              11,
              2,
              (to, flow) -> to.putShort(Element.port(flow.who(), flow.who().destinationPort()))),
          Element.of(4, 1, (to, flow) -> to.put((byte) flow.who().protocol())),
          Element.of(136, 1, (to, flow) -> to.put(Element.endReason(flow))),
          Element.of(239, 1, (to, flow) -> to.put((byte) 1)),
          Element.of(148, 8, (to, flow) -> to.putLong(flow.flowId())),
          Element.of(58, 2, (to, flow) -> to.putShort((short) (flow.who().vlan() & 0xFFF))),
          Element.of(1, 8, (to, flow) -> to.putLong(flow.forward().ipBytes())),
          Element.of(2, 8, (to, flow) -> to.putLong(flow.forward().packets())),
          Element.of(6, 2, (to, flow) -> to.putShort((short) flow.forward().tcpFlags())),
          Element.of(52, 1, (to, flow) -> to.put((byte) flow.forward().minTtl())),
          Element.of(53, 1, (to, flow) -> to.put((byte) flow.forward().maxTtl())),
          Element.reverse(1, 8, (to, flow) -> to.putLong(flow.backward().ipBytes())),
          Element.reverse(2, 8, (to, flow) -> to.putLong(flow.backward().packets())),
          Element.reverse(6, 2, (to, flow) -> to.putShort((short) flow.backward().tcpFlags())),
          Element.reverse(52, 1, (to, flow) -> to.put((byte) flow.backward().minTtl())),
          Element.reverse(53, 1, (to, flow) -> to.put((byte) flow.backward().maxTtl())));

  /** Flows between IPv4 addresses. */
  static final Template IPV4 =
      new Template(
          256,
          Element.of(8, 4, (to, flow) -> to.putInt((int) flow.who().sourceLow())),
          Element.of(12, 4, (to, flow) -> to.putInt((int) flow.who().destinationLow())),
          Element.of(32, 2, (to, flow) -> to.putShort(Element.icmp(flow.who()))));

  /** Flows between IPv6 addresses. */
  static final Template IPV6 =
      new Template(
          257,
          Element.of(
              27,
              16,
              (to, flow) -> to.putLong(flow.who().sourceHigh()).putLong(flow.who().sourceLow())),
          Element.of(
              28,
              16,
              (to, flow) ->
                  to.putLong(flow.who().destinationHigh()).putLong(flow.who().destinationLow())),
          Element.of(139, 2, (to, flow) -> to.putShort(Element.icmp(flow.who()))));

  private final int id;
  private final List<Element> elements;

  private Template(int id, Element... own) {
    this.id = id;
    this.elements = Stream.concat(Stream.of(own), COMMON.stream()).toList();
  }

  /** Number of the template, and of the sets of its records. */
  short id() {
    return (short) id;
  }

  /** Bytes of a record. */
  int recordLength() {
    return elements.stream().mapToInt(Element::length).sum();
  }

  /** Writes the template record. */
  void describe(ByteBuffer to) {
    to.putShort(id()).putShort((short) elements.size());
    for (Element element : elements) {
      to.putShort((short) (element.reverse() ? element.id() | ENTERPRISE_BIT : element.id()));
      to.putShort((short) element.length());
      if (element.reverse()) {
        to.putInt(Element.REVERSE);
      }
    }
  }

  /** Writes a data record. */
  void put(ByteBuffer to, FlowSummary flow) {
    for (Element element : elements) {
      element.value().put(to, flow);
    }
  }
}
