package io.caracal.api.alert;

import io.caracal.api.flow.FlowIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The exclusions, beside the journal, and some detections of each alert against which a new one can
 * be tried. Several processes use it at once; each has a store of its own. One thread at a time.
 */
@ProviderType
public interface ExclusionStore extends AutoCloseable {
  /** Detections that are kept of an alert; the others are counted. */
  int KEPT = 200;

  /** Detections that are kept of all alerts, the newest ones. */
  int KEPT_IN_ALL = 200_000;

  /** Opens stores. A service. */
  @ProviderType
  interface Factory {
    /**
     * Opens the store of a folder.
     *
     * @param folder where {@link AlertJournal#FILE} lies or is created
     * @throws IOException with a sentence for the operator
     */
    ExclusionStore open(Path folder) throws IOException;
  }

  /**
   * What is kept of a detection.
   *
   * @param alert id of its alert
   * @param timeNanos its last packet
   * @param attackClass name of its class
   * @param detector id of the decisive detector; empty if not known
   * @param identity who talked to whom
   */
  record Sample(
      String alert, long timeNanos, String attackClass, String detector, FlowIdentity identity) {}

  /**
   * What became of a flow that was covered.
   *
   * @param flows how many more
   * @param lastMillis when the last one was, by the clock
   */
  record Hits(long flows, long lastMillis) {}

  /**
   * An alert of which detections are kept.
   *
   * @param id its id
   * @param attackClass what the journal calls it; empty if it does not know it
   * @param attacker as the journal has it; empty if it does not know it
   * @param left detections that are not kept
   * @param attack what an analyst found, if anybody did
   */
  record Sampled(
      String id, String attackClass, String attacker, long left, Optional<Boolean> attack) {}

  /**
   * Stores an exclusion.
   *
   * @param exclusion its id, hits and last hit do not matter
   * @return its number
   */
  long add(Exclusion exclusion) throws IOException;

  /**
   * Removes an exclusion.
   *
   * @param id its number
   * @return false if there is none
   */
  boolean remove(long id) throws IOException;

  /**
   * All exclusions, expired ones too.
   *
   * @return by number
   */
  List<Exclusion> all() throws IOException;

  /**
   * A number that differs after another process or thread has changed the database.
   *
   * @return compared with an earlier one of the same store
   */
  long version() throws IOException;

  /**
   * Counts flows that were covered.
   *
   * @param hits by number of the exclusion
   */
  void count(Map<Long, Hits> hits) throws IOException;

  /**
   * Keeps detections, and counts those that are not kept.
   *
   * @param samples to be kept
   * @param left by id of the alert
   */
  void keep(List<Sample> samples, Map<String, Long> left) throws IOException;

  /** Forgets all detections: what follows is a run that begins anew. */
  void forget() throws IOException;

  /**
   * The alerts of which detections are kept.
   *
   * @param sinceNanos with a detection from then on
   * @return by time
   */
  List<Sampled> alerts(long sinceNanos) throws IOException;

  /**
   * The detections that are kept.
   *
   * @param sinceNanos from then on
   * @param output takes them one by one
   */
  void samples(long sinceNanos, Consumer<Sample> output) throws IOException;

  @Override
  void close() throws IOException;
}
