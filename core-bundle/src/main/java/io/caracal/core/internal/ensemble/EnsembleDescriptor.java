package io.caracal.core.internal.ensemble;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code caracal/ensemble.json} as docs/model-bundle.md defines it; training and metrics are for
 * people.
 */
@JsonIgnoreProperties({"training", "metrics", "family"})
record EnsembleDescriptor(
    int format,
    String id,
    String version,
    List<Member> members,
    double bias,
    List<AttackClass> classes,
    double flowsPerDay,
    List<FalseAlerts> falseAlerts) {
  record Member(String id, String kind, Transform transform, double weight, double abstainBias) {
    DetectorKind detectorKind() {
      return DetectorKind.valueOf(kind.toUpperCase(Locale.ROOT));
    }
  }

  record FalseAlerts(double threshold, double perDay) {}

  /** Checks what the types do not say; throws IllegalArgumentException with a sentence. */
  EnsembleDescriptor check() {
    if (format != 1) {
      throw new IllegalArgumentException("format is " + format + " but this sensor reads format 1");
    }
    Stream.of(id, version, classes).forEach(value -> require(value, "id, version or classes"));
    if (members == null || members.isEmpty()) {
      throw new IllegalArgumentException("members is missing or empty");
    }
    if (falseAlerts == null || falseAlerts.isEmpty()) {
      throw new IllegalArgumentException("falseAlerts is missing or empty");
    }
    if (!(flowsPerDay > 0)) {
      throw new IllegalArgumentException("flowsPerDay is " + flowsPerDay + " but must be above 0");
    }
    for (Member member : members) {
      Stream.of(member.id(), member.kind(), member.transform())
          .forEach(value -> require(value, "id, kind or transform of a member"));
      require(member.transform().type(), "the type of a transform");
      member.detectorKind();
      member.transform().check(member.id());
    }
    for (int i = 1; i < falseAlerts.size(); i++) {
      if (falseAlerts.get(i).threshold() <= falseAlerts.get(i - 1).threshold()) {
        throw new IllegalArgumentException("the thresholds of falseAlerts do not ascend");
      }
    }
    return this;
  }

  private static void require(@Nullable Object value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
  }
}
