package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * From judgements to alerts, as ensemble.json states it.
 *
 * @param tail the share of benign flows that are judged at least as suspicious, by log odds
 * @param flows false alerts by flows, over the probability
 * @param hosts false alerts by hosts, over the evidence
 * @param benignFlows that all of it was measured on
 * @param flowsPerDay benign flows that make a day
 */
record Alerting(
    Transform.Tail tail,
    FalseAlertCurve flows,
    FalseAlertCurve hosts,
    int benignFlows,
    double flowsPerDay) {
  /** Measures on benign traffic. */
  static Alerting of(BenignTraffic benign, EnsembleTraining.Settings settings) {
    Transform.Tail tail = benign.tail(settings.knotsPerDecade());
    int flows = benign.flows();
    double days = flows / settings.flowsPerDay();
    return new Alerting(
        tail,
        FalseAlertCurve.of(FalseAlertCurve.Scale.LOG_ODDS, benign::flowAlerts, days),
        FalseAlertCurve.of(FalseAlertCurve.Scale.EVIDENCE, at -> benign.hostAlerts(tail, at), days),
        flows,
        settings.flowsPerDay());
  }

  void into(ObjectNode node) {
    node.put("flowsPerDay", flowsPerDay);
    node.set("falseAlerts", flows.toJson());
    node.set("benignTail", tail.toJson());
    node.set("falseHostAlerts", hosts.toJson());
  }

  /** Probability from which a flow is a detection; flows get half of a budget. */
  double flowThreshold(double perDay) {
    return flows.threshold(perDay / 2);
  }

  /**
   * False alerts that other benign traffic raises at the thresholds of a budget.
   *
   * @param others traffic that this was not measured on
   * @param perDay the budget
   * @return alerts of flows and of hosts
   */
  int alerts(BenignTraffic others, double perDay) {
    double threshold = flowThreshold(perDay);
    return others.flowAlerts(Math.log(threshold / (1 - threshold)))
        + others.hostAlerts(tail, hosts.threshold(perDay / 2));
  }
}
