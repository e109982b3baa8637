package io.caracal.api.detect;

import io.caracal.api.flow.FlowBatch;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to combine the detectors' scores. One OSGi service is one version; the host uses the one
 * with the highest service ranking, then version. The same thread rules hold as for a {@link
 * Detector}.
 */
@ConsumerType
public interface Ensemble {
  /**
   * What this ensemble is.
   *
   * @return always the same value
   */
  EnsembleDescription description();

  /**
   * Judges every flow of a batch. Detectors may be missing (not installed, quarantined), abstain,
   * or not have been asked about a row yet ({@link Scores#withheld}): the ensemble judges by those
   * that have spoken. The host may ask for the judgement of a batch again when more of them have.
   *
   * @param batch the flows
   * @param votes the detectors' scores, in no particular order, possibly none
   * @param judgements of the batch's size, to be filled for every row
   * @throws Exception if the batch could not be judged
   */
  void judge(FlowBatch batch, List<Vote> votes, Judgements judgements) throws Exception;

  /**
   * The most by which one detector's vote can move the log-odds of a judgement, whatever it says.
   * By that the host knows of which flows it need not be asked.
   *
   * @param detector its id
   * @return at least 0; infinite if that is not known
   */
  default double reach(String detector) {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * What one detector's vote adds to the log-odds of a row's judgement, so that a person can be
   * told who decided.
   *
   * @param vote its scores, as they were given to {@link #judge}
   * @param row a row in which it neither abstained nor was withheld
   * @return positive if it speaks for an attack, 0 if it has no weight; not a number if this
   *     ensemble cannot tell
   */
  default double contribution(Vote vote, int row) {
    return Double.NaN;
  }

  /**
   * How unusual a value is: the share of normal flows that had less in this column, as far as this
   * ensemble learnt it, so that a person can be told why.
   *
   * @param view name of a flat view
   * @param column one of its columns
   * @param value finite
   * @return 0 to 1; not a number if this ensemble does not know
   */
  default double normalShareBelow(String view, String column, double value) {
    return Double.NaN;
  }

  /**
   * The probability from which a flow is a detection, for a budget of false alerts.
   *
   * @param falseAlertsPerDay alerts on benign traffic that the operator is ready to see per day,
   *     greater than 0
   * @param flowsPerDay benign flows that the network has per day, greater than 0: what a budget per
   *     day means depends on it
   * @return the threshold, 0 to 1
   */
  double threshold(double falseAlertsPerDay, double flowsPerDay);

  /**
   * The evidence from which a host is a detection, for the same budget: alerts of flows and alerts
   * of hosts together are to keep it.
   *
   * @param falseAlertsPerDay alerts on benign traffic that the operator is ready to see per day,
   *     greater than 0
   * @param flowsPerDay benign flows that the network has per day, greater than 0
   * @return the threshold for {@link HostEvidence}; infinite if this ensemble judges flows alone
   */
  default double hostThreshold(double falseAlertsPerDay, double flowsPerDay) {
    return Double.POSITIVE_INFINITY;
  }
}
