package io.caracal.trainer.ensemble;

import io.caracal.api.detect.HostEvidence;
import io.caracal.api.detect.JudgedFlow;
import io.caracal.api.detect.Suspicion;
import io.caracal.trainer.evaluate.AlertFolding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judged benign traffic that no member was fitted to, and the alerts that it would raise. Campaigns
 * stand for networks: what happens in one is no evidence in another.
 *
 * @param records in the order of the sensor, campaign by campaign
 * @param windowSeconds an alert is open until it was quiet this long
 */
record BenignTraffic(List<Judged> records, double windowSeconds) {
  private static final int HOSTS = 1_000_000;

  /**
   * A record.
   *
   * @param campaign where it is from
   * @param record its place there
   * @param flow the flow, by a clock that stands still while other parts of the data pass; without
   *     a tail probability
   * @param nanos the time by the campaign's clock
   * @param logOdds the ensemble's judgement
   */
  record Judged(int campaign, int record, JudgedFlow flow, long nanos, double logOdds) {}

  /** How many flows they belong to. */
  int flows() {
    Set<List<Long>> flows = new HashSet<>();
    records.forEach(r -> flows.add(List.of((long) r.campaign(), r.flow().id())));
    return flows.size();
  }

  /** The share of records that are judged at least as suspicious, by log odds. */
  Transform.Tail tail(int knotsPerDecade) {
    double[] weights = new double[records.size()];
    Arrays.fill(weights, 1);
    return ConformalTail.fit(
        records.stream().mapToDouble(Judged::logOdds).toArray(), weights, knotsPerDecade);
  }

  /** Alerts by flows: one for each source and class while it lasts. */
  int flowAlerts(double logit) {
    return AlertFolding.alerts(
        records.stream()
            .filter(record -> record.logOdds() >= logit)
            .map(
                r ->
                    new AlertFolding.Detection(
                        r.campaign()
                            + "/"
                            + r.flow().identity().source()
                            + "/"
                            + r.flow().attackClass().name(),
                        r.nanos() / 1e9))
            .toList(),
        windowSeconds);
  }

  /**
   * Alerts by hosts: one for each while it lasts. The time that other parts of the data take is cut
   * out, so that evidence fades as it would if all traffic were taken.
   */
  int hostAlerts(Transform tail, double threshold) {
    Map<Integer, HostEvidence> evidence = new HashMap<>();
    List<AlertFolding.Detection> detections = new ArrayList<>();
    for (Judged record : records) {
      List<Suspicion> suspicions =
          evidence
              .computeIfAbsent(
                  record.campaign(), c -> new HostEvidence(HOSTS, (long) (windowSeconds * 1e9)))
              .add(record.flow().withTail(Math.pow(10, -tail.apply(record.logOdds()))), threshold);
      if (!suspicions.isEmpty()) {
        Suspicion first = suspicions.getFirst();
        boolean victim = first.role() == Suspicion.Role.VICTIM;
        detections.add(
            new AlertFolding.Detection(
                record.campaign() + (victim ? "/victim " : "/") + first.host(),
                record.flow().nanos() / 1e9));
      }
    }
    return AlertFolding.alerts(detections, windowSeconds);
  }
}
