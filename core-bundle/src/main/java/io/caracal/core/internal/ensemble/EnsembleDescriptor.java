package io.caracal.core.internal.ensemble;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.DetectorKind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code caracal/ensemble.json} as docs/model-bundle.md defines it; training and metrics are for
 * people.
 */
@JsonIgnoreProperties({"training", "metrics", "family"})
public record EnsembleDescriptor(
    int format,
    String id,
    String version,
    List<Member> members,
    double bias,
    List<AttackClass> classes,
    double flowsPerDay,
    List<FalseAlerts> falseAlerts,
    @Nullable Site site,
    @Nullable Transform benignTail,
    @Nullable List<FalseAlerts> falseHostAlerts,
    @Nullable NormalColumns normal) {
  /**
   * Where a profile was learnt.
   *
   * @param base version of the ensemble that was recalibrated
   * @param flowsPerDay flows that the site had per day
   */
  @JsonIgnoreProperties({
    "shippedFlowsPerDay",
    "shippedFalseAlerts",
    "shippedBenignTail",
    "shippedFalseHostAlerts"
  })
  public record Site(String base, double flowsPerDay) {}

  /**
   * A detector's part.
   *
   * @param detector the version that {@code transform} was fitted to; null: any
   * @param shipped what holds for other versions; null: the same
   */
  public record Member(
      String id,
      String kind,
      Transform transform,
      double weight,
      double abstainBias,
      @Nullable String detector,
      @Nullable Transform shipped) {

    /** Whether the transform was fitted to this version of the detector. */
    boolean fits(String version) {
      return detector == null || detector.equals(version);
    }

    /** What makes the scores of a version of the detector comparable. */
    public Transform transform(String version) {
      return fits(version) || shipped == null ? transform : shipped;
    }

    DetectorKind detectorKind() {
      return DetectorKind.valueOf(kind.toUpperCase(Locale.ROOT));
    }

    /** Asked for every row, so without a lookup. */
    boolean supervised() {
      return kind.equalsIgnoreCase(DetectorKind.SUPERVISED.name());
    }
  }

  /** A point of the curve. */
  public record FalseAlerts(double threshold, double perDay) {}

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Reads and {@linkplain #check checks} {@code ensemble.json}. */
  public static EnsembleDescriptor read(byte[] json) throws IOException {
    return JSON.readValue(json, EnsembleDescriptor.class).check();
  }

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
      if (member.shipped() != null) {
        member.shipped().check(member.id());
      }
    }
    ascending(falseAlerts, "falseAlerts");
    if ((benignTail == null) != (falseHostAlerts == null)) {
      throw new IllegalArgumentException("benignTail and falseHostAlerts need each other");
    }
    if (benignTail != null && falseHostAlerts != null) {
      benignTail.check("benignTail");
      ascending(falseHostAlerts, "falseHostAlerts");
    }
    if (normal != null) {
      normal.check();
    }
    return this;
  }

  private static void ascending(List<FalseAlerts> curve, String name) {
    if (curve.isEmpty()) {
      throw new IllegalArgumentException(name + " is empty");
    }
    for (int i = 1; i < curve.size(); i++) {
      if (curve.get(i).threshold() <= curve.get(i - 1).threshold()) {
        throw new IllegalArgumentException("the thresholds of " + name + " do not ascend");
      }
    }
  }

  private static void require(@Nullable Object value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
  }
}
