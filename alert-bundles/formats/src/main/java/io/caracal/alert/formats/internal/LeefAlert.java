package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.flow.FlowIdentity;
import java.util.Locale;

/** An alert in LEEF: the predefined attributes first, then those of our own. */
record LeefAlert(AlertEvent alert) {
  LeefLine line(String version, Timestamps times) {
    Detection strongest = alert.strongest();
    Signature signature = Signature.of(alert);
    LeefLine line =
        new LeefLine(version, alert.attackClass().name(), times)
            .devTime(alert.timeNanos())
            .put("cat", CaracalObject.EVENT_KIND)
            .put("sev", CefAlert.rank(alert.severity()));
    who(line, strongest.identity());
    line.put("msg", signature.text())
        .put("signatureId", signature.id())
        .put("eventId", alert.eventId())
        .put("alertId", alert.id())
        .put("revision", alert.revision())
        .put("state", alert.state().name().toLowerCase(Locale.ROOT))
        .time("first", alert.firstNanos())
        .time("last", alert.lastNanos())
        .put("flows", alert.flows())
        .put("attacker", alert.attacker())
        .put("attackers", AlertWords.some(alert.attackers(), alert.attackerCount()))
        .put("victims", AlertWords.some(alert.victims(), alert.victimCount()))
        .put("ports", AlertWords.some(alert.ports(), alert.portCount()))
        .put("communityId", strongest.identity().communityId());
    return why(line);
  }

  private static void who(LeefLine line, FlowIdentity flow) {
    line.put("src", flow.source()).put("dst", flow.destination());
    if (Protocol.hasPorts(flow.protocol())) {
      line.put("srcPort", flow.sourcePort()).put("dstPort", flow.destinationPort());
    }
    line.put("proto", flow.protocolName());
  }

  private LeefLine why(LeefLine line) {
    AlertWords words = new AlertWords(alert);
    return line.put("classes", words.classes())
        .put("folded", alert.folded())
        .put("techniques", words.techniques())
        .put("tactics", words.tactics())
        .put("confidence", AlertWords.number(alert.confidence()))
        .put("probability", AlertWords.number(alert.strongest().probability()))
        .put("uncertainty", AlertWords.number(alert.strongest().uncertainty()))
        .put("detectors", words.detectors())
        .put("drivers", words.drivers());
  }
}
