package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.Severity;
import io.caracal.api.flow.FlowIdentity;
import java.util.Locale;

/** An alert in CEF. */
record CefAlert(AlertEvent alert) {
  CefLine line(String version) {
    Signature signature = Signature.of(alert);
    String attackClass = alert.attackClass().name();
    CefLine line =
        new CefLine(version, Long.toString(signature.id()), attackClass, rank(alert.severity()))
            .time("rt", alert.timeNanos())
            .put("externalId", alert.eventId())
            .put("cat", attackClass)
            .put("act", "allowed")
            .put("msg", signature.text())
            .put("cnt", alert.flows())
            .time("start", alert.firstNanos())
            .time("end", alert.lastNanos());
    who(line, alert.strongest().identity());
    why(line);
    return line.put("CaracalEventKind", CaracalObject.EVENT_KIND)
        .put("CaracalAlertId", alert.id())
        .put("CaracalRevision", alert.revision())
        .put("CaracalState", alert.state().name().toLowerCase(Locale.ROOT))
        .put("CaracalAttacker", alert.attacker())
        .put("CaracalAttackers", AlertWords.some(alert.attackers(), alert.attackerCount()))
        .put("CaracalVictims", AlertWords.some(alert.victims(), alert.victimCount()))
        .put("CaracalPorts", AlertWords.some(alert.ports(), alert.portCount()))
        .put("CaracalClasses", new AlertWords(alert).classes())
        .put("CaracalFolded", alert.folded());
  }

  /** CEF and LEEF count from 1 to 10, 10 is worst. */
  static int rank(Severity severity) {
    return switch (severity) {
      case HIGH -> 8;
      case MEDIUM -> 5;
      case LOW -> 3;
    };
  }

  /** The keys src and dst hold IPv4 only; IPv6 has custom fields with fixed labels. */
  private static void who(CefLine line, FlowIdentity flow) {
    line.put("proto", flow.protocolName());
    if (flow.ipv6()) {
      line.custom("c6a2", "Source IPv6 Address", flow.source());
      line.custom("c6a3", "Destination IPv6 Address", flow.destination());
    } else {
      line.put("src", flow.source()).put("dst", flow.destination());
    }
    if (Protocol.hasPorts(flow.protocol())) {
      line.put("spt", flow.sourcePort()).put("dpt", flow.destinationPort());
    }
  }

  private void why(CefLine line) {
    AlertWords words = new AlertWords(alert);
    line.custom("cs1", "Community ID", alert.strongest().identity().communityId())
        .custom("cs2", "ATT&CK techniques", words.techniques())
        .custom("cs3", "ATT&CK tactics", words.tactics())
        .custom("cs4", "Detectors", words.detectors())
        .custom("cs5", "Drivers", words.drivers())
        .custom("cfp1", "Confidence", alert.confidence())
        .custom("cfp2", "Probability", alert.strongest().probability())
        .custom("cfp3", "Uncertainty", alert.strongest().uncertainty())
        .custom("cn1", "Victims", Integer.toString(alert.victimCount()))
        .custom("cn2", "Ports", Integer.toString(alert.portCount()));
  }
}
