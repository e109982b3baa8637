package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.FeatureDriver;
import java.util.List;
import java.util.stream.Collectors;

/** The lists of an alert in words, for formats that have only texts. */
record AlertWords(AlertEvent alert) {
  private static final String BETWEEN = "; ";

  /** Such as {@code T1046 Network Service Discovery}. */
  String techniques() {
    return Attack.of(alert).stream()
        .map(known -> known.id() + ' ' + known.name())
        .collect(Collectors.joining(BETWEEN));
  }

  /** Such as {@code TA0007 Discovery}. */
  String tactics() {
    return Attack.tactics(Attack.of(alert)).stream()
        .map(tactic -> tactic.id() + ' ' + tactic.name())
        .collect(Collectors.joining(BETWEEN));
  }

  /** Such as {@code scan 1203; flood 1}. */
  String classes() {
    return alert.classes().stream()
        .map(count -> count.attackClass().name() + ' ' + count.flows())
        .collect(Collectors.joining(BETWEEN));
  }

  /** Such as {@code cnn1d 1.0.0 0.97; random-forest 1.0.0 0.99}. */
  String detectors() {
    return alert.strongest().detectors().stream()
        .map(AlertWords::detector)
        .collect(Collectors.joining(BETWEEN));
  }

  private static String detector(DetectorScore said) {
    return said.id() + ' ' + said.version() + ' ' + number(said.score());
  }

  /** A sentence for each. */
  String drivers() {
    return alert.drivers().stream()
        .map(FeatureDriver::sentence)
        .collect(Collectors.joining(BETWEEN));
  }

  /** The first of them, and how many there are if these are not all. */
  static String some(List<?> listed, int count) {
    String all = listed.stream().map(String::valueOf).collect(Collectors.joining(","));
    return count > listed.size() ? all + " of " + count : all;
  }

  /** A number as texts of JSON would have it. */
  static String number(float value) {
    return Float.isFinite(value) ? Float.toString(value) : "unknown";
  }
}
