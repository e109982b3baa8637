package io.caracal.alert.terminal.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.ClassCount;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.alert.Severity;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.flow.FlowIdentity;
import java.util.List;

/** Alerts by hand. */
final class SampleAlerts {
  static final long START = 1_763_629_443_250_125_000L; // 2025-11-20 09:04:03.250125 UTC
  private static final long SECOND = 1_000_000_000L;
  private static final AttackClass SCAN = new AttackClass("scan", "T1046");
  private static final AttackClass GUESSING = new AttackClass("brute-force", "T1110.001");

  private SampleAlerts() {}

  private static Detection detection(AttackClass attackClass, FlowIdentity identity) {
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
            new DetectorScore("autoencoder", "1.0.0", 14.2f, 0.5f),
            new DetectorScore("cnn1d", "1.0.0", 0.97f, 1.5f),
            new DetectorScore("random-forest", "1.0.0", 0.9934f, 3.25f)));
  }

  private static FlowIdentity ipv4(int protocol) {
    return new FlowIdentity(false, 0, 0xCB00712DL, 40_312, 0, 0x0A141E0BL, 22, protocol, 0, false);
  }

  private static final List<FeatureDriver> DRIVERS =
      List.of(
          new FeatureDriver("random-forest", "cic", "SYN Flag Cnt", "count", 1, 2, 0.41f),
          new FeatureDriver("autoencoder", "cic", "Flow IAT Mean", "µs", 1200, 40_000, 0.22f),
          new FeatureDriver("autoencoder", "cic", "Flow Bytes/s", "B/s", 28_000, 1_460.5f, 0.1f));

  static AlertEvent scan(State state) {
    return scan(state, 6);
  }

  static AlertEvent scan(State state, int protocol) {
    return new AlertEvent(
        START + 131 * SECOND,
        "1",
        0,
        state,
        Severity.HIGH,
        0.94f,
        START,
        START + 131 * SECOND,
        "203.0.113.45",
        List.of("203.0.113.45"),
        1,
        List.of("10.20.30.11", "10.20.30.12", "10.20.30.13", "10.20.30.14"),
        4,
        List.of(21, 22, 23, 25, 53, 80, 110, 111, 135, 139),
        300,
        1204,
        List.of(new ClassCount(SCAN, 1204)),
        0,
        detection(SCAN, ipv4(protocol)),
        DRIVERS);
  }

  /** The widest headline there is. */
  static AlertEvent ipv6() {
    FlowIdentity identity =
        new FlowIdentity(
            true,
            0x20010DB8_11112222L,
            0x33334444_55556666L,
            40_312,
            0x20010DB8_aaaabbbbL,
            0xccccdddd_eeeeffffL,
            22,
            6,
            0,
            false);
    return new AlertEvent(
        START,
        "2",
        0,
        State.NEW,
        Severity.MEDIUM,
        0.94f,
        START,
        START + 3_600 * SECOND,
        identity.source(),
        List.of(identity.source()),
        1,
        List.of(identity.destination()),
        1,
        List.of(22),
        1,
        12_345,
        List.of(new ClassCount(GUESSING, 12_345)),
        0,
        detection(GUESSING, identity),
        DRIVERS);
  }

  /** One flow of one packet, of which hardly anything is known. */
  static AlertEvent bare() {
    Detection strange =
        new Detection(1, ipv4(6), START, START, 1, 40, AttackClass.ANOMALY, 1f, 0.5f, List.of());
    return new AlertEvent(
        START,
        "3",
        0,
        State.NEW,
        Severity.LOW,
        0.5f,
        START,
        START,
        "203.0.113.45",
        List.of("203.0.113.45"),
        1,
        List.of("10.20.30.11"),
        1,
        List.of(22),
        1,
        1,
        List.of(new ClassCount(AttackClass.ANOMALY, 1)),
        0,
        strange,
        List.of());
  }
}
