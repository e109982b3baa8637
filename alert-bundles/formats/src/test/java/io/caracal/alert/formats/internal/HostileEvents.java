package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.ClassCount;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.Severity;
import io.caracal.api.alert.StatsEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Suspicion;
import io.caracal.testkit.SampleEvents;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events whose every text is of an adversary's choice. */
record HostileEvents(String text) {
  /** What has forged lines or fields elsewhere, or hides what a line says. */
  static final List<String> TEXTS =
      List.of(
          "plain",
          "",
          "a|b\\|c\\\\d\\",
          "x src=10.9.9.9 act=blocked",
          "x\\=y=z\\",
          "one\ntwo\r\nthree\rCEF:0|a|b|c|1|forged|10|",
          "tab\tcaret^src=10.9.9.9^sev=1",
          "quote\"},\"alert\":{\"severity\":9},\"x\":\"",
          "]\"><script> ' OR 1=1 -- ${jndi:ldap://x}",
          "nul\0bell\7escape\033[2Jdelete\177c1\u0085\u009b",
          "\u202Egnp.exe\u2066\u200Bhidden\u2028line\u2029paragraph\uFEFF",
          "half \uD83D of a pair, \uDE00 the other",
          "naïve – 日本語 😀",
          "1 MB ".repeat(200_000));

  private Detection detection() {
    Suspicion host =
        new Suspicion(
            Suspicion.Role.SOURCE,
            text,
            3,
            2,
            1,
            SampleEvents.START,
            List.of(),
            new AttackClass(text, text));
    Detection model =
        SampleEvents.detection(new AttackClass(text, text), SampleEvents.tcp(0), 14.2f);
    return new Detection(
        model.flowId(),
        model.identity(),
        model.startNanos(),
        model.lastNanos(),
        model.packets(),
        model.bytes(),
        model.attackClass(),
        model.probability(),
        model.uncertainty(),
        List.of(new DetectorScore(text, text, 1, 2)),
        Optional.of(host));
  }

  AlertEvent alert() {
    return new AlertEvent(
        SampleEvents.START,
        text,
        0,
        AlertEvent.State.NEW,
        Severity.LOW,
        0.5f,
        SampleEvents.START,
        SampleEvents.START,
        text,
        List.of(text),
        1,
        List.of(text),
        1,
        List.of(22),
        1,
        1,
        List.of(new ClassCount(new AttackClass(text, text), 1)),
        1,
        detection(),
        List.of(new FeatureDriver(text, text, text, text, 1, 2, 0.5f)));
  }

  DriftEvent drift() {
    return new DriftEvent(
        SampleEvents.START,
        DriftEvent.State.DRIFT,
        SampleEvents.START,
        text,
        1,
        Map.of(text, 1.0),
        Map.of(text, 1.0),
        1);
  }

  List<SensorEvent> all() {
    return List.of(
        new AnomalyEvent(SampleEvents.START, detection(), text),
        alert(),
        drift(),
        new StatsEvent(SampleEvents.START, Map.of(text, text)));
  }
}
