package io.caracal.testkit;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.ClassCount;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.flow.ConnectionState;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.FlowSummary.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event of each type, by hand; the documentation of formats shows how they are written. */
public final class SampleEvents {
  public static final long START = 1_763_629_443_250_125_000L; // 2025-11-20 09:04:03.250125 UTC
  public static final long SECOND = 1_000_000_000L;
  public static final AttackClass SCAN = new AttackClass("scan", "T1046");
  private static final AttackClass FLOOD = new AttackClass("flood", "T1498");

  private SampleEvents() {}

  public static FlowIdentity tcp(int vlan) {
    return new FlowIdentity(false, 0, 0xCB00712DL, 40_312, 0, 0x0A000005L, 22, 6, vlan, false);
  }

  public static FlowIdentity of(int protocol, int from, int to, boolean oneWay) {
    return new FlowIdentity(
        true,
        0x20010DB8_00000000L,
        1,
        from,
        0x20010DB8_00000000L,
        0x00010000_00000002L,
        to,
        protocol,
        0,
        oneWay);
  }

  public static FlowEvent flow(
      FlowIdentity identity, EndReason reason, long backward, float probability) {
    return new FlowEvent(
        new FlowSummary(
            4711,
            identity,
            START,
            START + 1_500_250_000L,
            START + 130 * SECOND,
            reason,
            2,
            backward > 0 ? ConnectionState.SF : ConnectionState.S0,
            identity.protocol() == 6 ? (backward > 0 ? "ShADadFf" : "S") : "",
            new Volume(12, 1840, 1200, 0x1B, 64, 64),
            new Volume(backward, backward * 520, backward * 480, 0x5B, 58, 60)),
        probability);
  }

  public static Detection detection(AttackClass attackClass, FlowIdentity identity, float score) {
    return new Detection(
        4712,
        identity,
        START,
        START + 4_000_000,
        2,
        112,
        attackClass,
        0.9825f,
        0.04f,
        List.of(
            new DetectorScore("cnn1d", "1.0.0", 0.97f, 1.5f),
            new DetectorScore("random-forest", "1.0.0", 0.99f, 3.25f),
            new DetectorScore("autoencoder", "1.0.0", score, 0.5f)));
  }

  public static AnomalyEvent anomaly() {
    return new AnomalyEvent(
        START + 4_000_000, detection(SCAN, tcp(100), 14.2f), "scan-203.0.113.45-1");
  }

  public static AlertEvent alert(Detection strongest, List<String> victims, List<Integer> ports) {
    return new AlertEvent(
        START + 131 * SECOND,
        "scan-203.0.113.45-1",
        0,
        AlertEvent.State.NEW,
        Severity.MEDIUM,
        0.94f,
        START,
        START + 131 * SECOND,
        "203.0.113.45",
        List.of("203.0.113.45"),
        1,
        victims,
        victims.size(),
        ports,
        ports.size() == 1 ? 1 : ports.size() * 100,
        1204,
        classes(strongest.attackClass()),
        0,
        strongest,
        List.of(
            new FeatureDriver(
                "random-forest",
                "cic",
                "SYN Flag Cnt",
                "count",
                1,
                2,
                0.41f,
                "Packets of both directions with SYN.",
                0.004f,
                0.97f),
            new FeatureDriver("autoencoder", "cic", "Flow IAT Mean", "s", 0.0012f, 0.04f, 0.22f)));
  }

  /** Hardly any flow was called otherwise. */
  private static List<ClassCount> classes(AttackClass most) {
    return most.equals(SCAN)
        ? List.of(new ClassCount(SCAN, 1203), new ClassCount(FLOOD, 1))
        : List.of(new ClassCount(most, 1204));
  }

  public static AlertEvent alert() {
    return alert(
        detection(SCAN, tcp(100), 14.2f),
        List.of("10.0.0.5", "10.0.0.6", "10.0.0.7", "10.0.0.8"),
        List.of(21, 22, 23));
  }

  /** The sample alert under another name. */
  public static AlertEvent alert(String id, int revision, Severity severity) {
    AlertEvent sample = alert();
    return new AlertEvent(
        sample.timeNanos(),
        id,
        revision,
        sample.state(),
        severity,
        sample.confidence(),
        sample.firstNanos(),
        sample.lastNanos(),
        sample.attacker(),
        sample.attackers(),
        sample.attackerCount(),
        sample.victims(),
        sample.victimCount(),
        sample.ports(),
        sample.portCount(),
        sample.flows(),
        sample.classes(),
        sample.folded(),
        sample.strongest(),
        sample.drivers());
  }

  public static DriftEvent drift() {
    Map<String, Double> detectors = new LinkedHashMap<>();
    detectors.put("autoencoder", 0.52);
    detectors.put("diffusion", 0.64);
    return new DriftEvent(
        START + 139 * SECOND,
        DriftEvent.State.DRIFT,
        START,
        "2.0.0.site-20251113T090000Z",
        0.58,
        detectors,
        Map.of("cic/Flow Duration", 0.31),
        112);
  }

  public static StatsEvent stats() {
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("capture.packets", 1_270_000L);
    counters.put("decode.undecodable", 12);
    counters.put("decode.undecodable.truncated", 9);
    counters.put("decode.undecodable.bad-checksum", 3);
    counters.put("detectors.cnn1d.latency-seconds", 0.00125);
    counters.put("detectors.cnn1d.versions", List.of("1.0.0", "1.1.0"));
    counters.put("sensor.state", "running");
    return new StatsEvent(START + 140 * SECOND, counters);
  }

  public static List<SensorEvent> oneOfEach() {
    return List.of(flow(tcp(100), EndReason.FIN, 9, 0.0125f), anomaly(), alert(), drift(), stats());
  }
}
