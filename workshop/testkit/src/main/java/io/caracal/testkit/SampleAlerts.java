package io.caracal.testkit;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.alert.Severity;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.FlowIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alerts by hand, as many different ones as are wanted. */
public final class SampleAlerts {
  private static final long START = 1_763_629_443_250_125_000L; // 2025-11-20 09:04:03.250125 UTC
  private static final AttackClass SCAN = new AttackClass("scan", "T1046");

  private SampleAlerts() {}

  /**
   * A state of the alert of a number; of one number all is the same but the state.
   *
   * @param number names the alert
   * @param revision of the state
   * @param state what is told
   */
  public static AlertEvent alert(int number, int revision, State state) {
    FlowIdentity who =
        new FlowIdentity(
            false, 0, 0xCB007100L + number % 250, 40_312, 0, 0x0A141E0BL, 22, 6, 100, false);
    Suspicion host =
        new Suspicion(
            Suspicion.Role.SOURCE,
            who.source(),
            3.25,
            2.5,
            2,
            START,
            List.of(new Suspicion.Flow(1, who), new Suspicion.Flow(2, who)),
            SCAN);
    Detection strongest =
        new Detection(
            4712L + number,
            who,
            START,
            START + 4_000_000,
            2,
            112,
            SCAN,
            0.9825f,
            0.04f,
            List.of(
                new DetectorScore("autoencoder", "1.0.0", 14.2f, 0.5f),
                new DetectorScore("cnn1d", "1.0.0", 0.97f, 1.25f)),
            number % 2 == 0 ? Optional.of(host) : Optional.empty());
    return new AlertEvent(
        START + number,
        "alert-" + number,
        revision,
        state,
        number % 3 == 0 ? Severity.HIGH : Severity.MEDIUM,
        0.75f,
        START,
        START + number,
        who.source(),
        List.of(who.source()),
        1,
        List.of("10.20.30.11", "10.20.30.12"),
        2,
        List.of(21, 22, 23),
        300,
        1204,
        List.of(new AlertEvent.ClassCount(SCAN, 1204)),
        0,
        strongest,
        List.of(
            new FeatureDriver("ensemble", "cic", "SYN Flag Cnt", "count", 1, 2, 0.41f),
            new FeatureDriver("ensemble", "cic", "Flow IAT Mean", "µs", 0.1f, Float.NaN, 1 / 3f)));
  }

  /** An alert just raised. */
  public static AlertEvent alert(int number) {
    return alert(number, 0, State.NEW);
  }

  /** Drift, with numbers that JSON has no word for. */
  public static DriftEvent drift(int number) {
    return new DriftEvent(
        START + number,
        DriftEvent.State.DRIFT,
        START,
        "2.0.0",
        Double.NaN,
        Map.of("autoencoder", Double.POSITIVE_INFINITY),
        Map.of("cic/Flow Duration", 0.1),
        112);
  }
}
