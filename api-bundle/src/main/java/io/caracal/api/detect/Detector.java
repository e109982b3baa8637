package io.caracal.api.detect;

import io.caracal.api.flow.FlowBatch;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One version of one model. As an OSGi service it carries the properties {@link #ID} and {@link
 * #VERSION}; of several versions of one id the host uses the highest.
 *
 * <p>The host may call {@link #score} from several lanes at once, each with a batch and scores of
 * its own. It may throw anything: the host counts the failure, treats the batch as abstained and
 * quarantines a detector that keeps failing. The service may be unregistered only when no call is
 * inside it: the host drains its calls first.
 */
@ConsumerType
public interface Detector {
  /** Service property: the detector's id, a String. */
  String ID = "caracal.detector.id";

  /** Service property: the detector's version, a String in OSGi syntax. */
  String VERSION = "caracal.detector.version";

  /**
   * What this detector is.
   *
   * @return always the same value
   */
  DetectorDescription description();

  /**
   * Scores every flow of a batch. Equal rows get equal scores to 1e-5, in whatever batch they
   * stand.
   *
   * @param batch carries at least the views that the description names; not kept
   * @param scores of the batch's size, to be filled for every row: a score or an abstention
   * @throws Exception if the batch could not be scored
   */
  void score(FlowBatch batch, Scores scores) throws Exception;
}
