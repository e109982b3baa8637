package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.FalseAlerts;
import io.caracal.core.internal.ensemble.LogisticEnsemble;
import io.caracal.core.internal.ensemble.NormalColumns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a site profile of what was learnt. */
public final class ProfileMaker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Lesson lesson;
  private final Terms terms;
  private final Recalibration recalibration;
  private final Judge judge;

  /**
   * What the operator asks of a profile.
   *
   * @param falseAlertsPerDay false alerts that may be expected per day
   * @param flowsPerDay flows that make a day; 0 for what was seen
   * @param window an alert is open until it was quiet this long
   * @param inputs what was learnt from, by name
   */
  public record Terms(
      double falseAlertsPerDay, double flowsPerDay, Duration window, List<String> inputs) {}

  /**
   * A maker.
   *
   * @param base {@code ensemble.json} of the ensemble to recalibrate, or of an earlier profile
   */
  public ProfileMaker(Lesson lesson, byte[] base, Terms terms) {
    this.lesson = lesson;
    this.terms = terms;
    this.recalibration = new Recalibration(SiteProfile.object(base), lesson.detectors());
    this.judge = new Judge(recalibration, lesson.detectors());
  }

  /** The profile. */
  public SiteProfile make() {
    ObjectNode base = recalibration.base();
    double flowsPerDay = lesson.flowsPerDay();
    double days = lesson.traffic().days();
    List<AlertCurve.Judged> judged = judge.crossFitted(lesson.learnt());
    List<FalseAlerts> curve = AlertCurve.of(judged, days, terms.window());

    ObjectNode ensemble = recalibration.fit(lesson.learnt());
    String version =
        base.path("version").asText()
            + ".site-"
            + STAMP.format(Instant.ofEpochSecond(0, lesson.traffic().lastNanos()));
    ensemble.put("version", version);
    ObjectNode origin = ensemble.putObject("site");
    origin.put("base", base.path("version").asText());
    origin.put("flowsPerDay", flowsPerDay);
    origin.put("shippedFlowsPerDay", base.path("flowsPerDay").asDouble());
    origin.set("shippedFalseAlerts", base.path("falseAlerts"));
    HostTerms.fit(ensemble, origin, judged, flowsPerDay);
    ensemble.put("flowsPerDay", flowsPerDay);
    ensemble.set("falseAlerts", JSON.valueToTree(curve));
    Map<String, float[]> normal = columns();
    ensemble.set("normal", JSON.valueToTree(NormalColumns.of(normal)));

    ObjectNode site = JSON.createObjectNode();
    site.put("format", 1);
    site.put("version", version);
    site.put("base", base.path("version").asText());
    traffic(site.putObject("traffic"), flowsPerDay);
    detectors(site.putArray("detectors"), ensemble);
    leftOut(site.putObject("leftOut"));
    alerts(site.putObject("alerts"), base, ensemble, judged);
    halves(site.putObject("halves"));
    columns(site.putArray("columns"), normal);
    return new SiteProfile(version, ensemble, site);
  }

  private void traffic(ObjectNode node, double flowsPerDay) {
    Traffic traffic = lesson.traffic();
    node.set("inputs", JSON.valueToTree(terms.inputs()));
    node.put("from", Instant.ofEpochSecond(0, traffic.firstNanos()).toString());
    node.put("to", Instant.ofEpochSecond(0, traffic.lastNanos()).toString());
    node.put("days", traffic.days());
    node.put("flows", traffic.flows());
    node.put("records", lesson.learnt().size());
    node.put("normalFlowsPerDay", flowsPerDay);
    node.put("hosts", traffic.hosts());
    node.set("services", JSON.valueToTree(traffic.services()));
  }

  private void detectors(ArrayNode list, ObjectNode ensemble) {
    Map<String, String> fitted = Recalibration.fitted(ensemble);
    lesson.detectors().columns().stream()
        .sorted(Comparator.comparing(d -> d.id() + ' ' + d.version()))
        .forEach(
            detector ->
                list.addObject()
                    .put("id", detector.id())
                    .put("version", detector.version())
                    .put("fitted", detector.version().equals(fitted.get(detector.id()))));
  }

  private void leftOut(ObjectNode node) {
    node.put("records", Math.round(Lesson.represented(lesson.leftOut())));
    node.put("unlistedDetections", lesson.suspects().unlisted());
    ArrayNode hosts = node.putArray("hosts");
    lesson
        .suspects()
        .hosts()
        .forEach(
            (host, detected) ->
                hosts
                    .addObject()
                    .put("host", host)
                    .put("from", Instant.ofEpochSecond(0, detected.firstNanos()).toString())
                    .put("to", Instant.ofEpochSecond(0, detected.lastNanos()).toString())
                    .set("detections", JSON.valueToTree(detected.classes())));
  }

  /** What the budget costs before and after, and what the suspects would have made of it. */
  private void alerts(
      ObjectNode node, ObjectNode base, ObjectNode ensemble, List<AlertCurve.Judged> judged) {
    double days = lesson.traffic().days();
    double perDay = terms.flowsPerDay() > 0 ? terms.flowsPerDay() : lesson.flowsPerDay();
    double scale = perDay / lesson.flowsPerDay() / days;
    double shipped = threshold(base, perDay);
    double fitted = threshold(ensemble, perDay);
    List<AlertCurve.Judged> before = ordered(judge.by(base, lesson.learnt()));
    node.put("budgetPerDay", terms.falseAlertsPerDay());
    node.put("flowsPerDay", perDay);
    node.put("resolvedPerDay", scale);
    put(node.putObject("before"), shipped, scale * count(before, shipped));
    put(node.putObject("after"), fitted, scale * count(ordered(judged), fitted));
    List<Lesson.Weighted> all = new ArrayList<>(lesson.learnt());
    all.addAll(lesson.leftOut());
    ObjectNode with = ensemble.deepCopy();
    with.set(
        "falseAlerts",
        JSON.valueToTree(AlertCurve.of(judge.crossFitted(all), days, terms.window())));
    node.put("thresholdWithLeftOut", threshold(with, perDay));
  }

  private static void put(ObjectNode node, double threshold, double alerts) {
    node.put("threshold", threshold).put("alertsPerDay", alerts);
  }

  private double threshold(ObjectNode descriptor, double flowsPerDay) {
    return new LogisticEnsemble(Recalibration.read(descriptor))
        .threshold(terms.falseAlertsPerDay(), flowsPerDay);
  }

  private double count(List<AlertCurve.Judged> ordered, double threshold) {
    return AlertCurve.alerts(ordered, threshold, terms.window());
  }

  private static List<AlertCurve.Judged> ordered(List<AlertCurve.Judged> judged) {
    return judged.stream().sorted(Comparator.comparingLong(AlertCurve.Judged::nanos)).toList();
  }

  /** PSI between the scores of the earlier half of the time and those of the later. */
  private void halves(ObjectNode node) {
    long middle = (lesson.traffic().firstNanos() + lesson.traffic().lastNanos()) / 2;
    lesson
        .detectors()
        .byId()
        .forEach(
            (id, column) -> {
              float[] early = lesson.scores(column, nanos -> nanos < middle);
              float[] late = lesson.scores(column, nanos -> nanos >= middle);
              if (early.length >= ConformalTail.LEAST && late.length >= ConformalTail.LEAST) {
                Histogram reference = Histogram.deciles(early);
                node.put(id, reference.psi(Histogram.shares(reference.edges(), late)));
              }
            });
  }

  private static void columns(ArrayNode list, Map<String, float[]> normal) {
    normal.forEach(
        (name, values) -> {
          ObjectNode node = JSON.valueToTree(Histogram.deciles(values));
          list.addObject().put("name", name).setAll(node);
        });
  }

  /** Of the columns with enough of them, in order, the values in what was learnt. */
  private Map<String, float[]> columns() {
    List<String> names = lesson.views().names();
    Map<String, float[]> columns = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      float[] values = lesson.column(column, names.size());
      if (values.length >= ConformalTail.LEAST) {
        columns.put(names.get(column), values);
      }
    }
    return columns;
  }
}
