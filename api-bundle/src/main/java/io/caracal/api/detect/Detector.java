package io.caracal.api.detect;

import io.caracal.api.flow.FlowBatch;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One version of one model. As an OSGi service it carries the properties {@link #ID} and {@link
 * #VERSION}; of several versions of one id the host uses the highest whose bundle is {@linkplain
 * io.caracal.api.plugin.PluginRoles in use}.
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
   * Service property: true if an engine runs the detector from a model that is data, so that calls
   * of it end. Without it the host does not let a lane wait for it without limit.
   */
  String MODEL = "caracal.detector.model";

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
   * @throws java.util.concurrent.TimeoutException if it was ended because it took too long: the
   *     host takes the detector out of use at once
   * @throws Exception if the batch could not be scored
   */
  void score(FlowBatch batch, Scores scores) throws Exception;
}
