package io.caracal.api.alert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The durable record of alerts and drift events between the sensor and its sinks: what it says is
 * committed survives a power cut. Every event has a sequence number, without gaps and never used
 * twice; for each sink the journal remembers up to which one it has been delivered. One process at
 * a time holds a journal. Thread-safe.
 */
@ProviderType
public interface AlertJournal extends AutoCloseable {
  /** Name of the database in its folder. */
  String FILE = "caracal.db";

  /** Opens journals. A service. */
  @ProviderType
  interface Factory {
    /**
     * Takes the journal of a folder and begins a run. What is damaged is put aside under another
     * name, and a new journal begun.
     *
     * @param folder where {@value AlertJournal#FILE} lies or is created
     * @param mode how the run goes on from what is there
     * @throws IOException with a sentence for the operator, if it cannot be opened or another
     *     process holds it
     */
    AlertJournal open(Path folder, Mode mode) throws IOException;

    /**
     * Opens a journal for people, beside the process that writes it.
     *
     * @param file the database
     * @throws IOException with a sentence for the operator
     */
    AlertArchive archive(Path file) throws IOException;
  }

  /** How a run begins and what happens where the disk is slower than the detectors. */
  enum Mode {
    /**
     * Goes on from earlier runs: alerts that one left open are closed, cursors stay. What does not
     * fit into the queue is counted as lost.
     */
    LIVE,
    /**
     * Begins anew: events and cursors of an earlier replay are removed, verdicts stay. {@link
     * #append} waits for room, except while the journal cannot be written.
     */
    REPLAY
  }

  /**
   * An event and its place.
   *
   * @param sequence its number, from 1 on
   * @param event an alert or drift event
   */
  record Entry(long sequence, SensorEvent event) {}

  /**
   * Takes an event; it is committed soon after, together with others.
   *
   * @param event an alert or drift event
   * @return the number of the last event taken: this one, unless it was lost and counted
   */
  long append(SensorEvent event);

  /**
   * The event before the first one of this run.
   *
   * @return its number, 0 if there was none
   */
  long origin();

  /**
   * The last event that is durable.
   *
   * @return its number, 0 if there is none
   */
  long committed();

  /**
   * Whether the journal cannot be written at the moment.
   *
   * @return true until a commit succeeds
   */
  boolean failing();

  /**
   * Calls back after every commit, on a thread of the journal's, which must not be held up.
   *
   * @param listener wakes up whoever waits for events
   */
  void listen(Runnable listener);

  /**
   * Reads committed events.
   *
   * @param sequence the event before the first one wanted
   * @param limit at most so many
   * @return in order; empty if there is nothing after it
   * @throws IOException if the database cannot be read
   */
  List<Entry> after(long sequence, int limit) throws IOException;

  /**
   * How far a sink has got.
   *
   * @param sink name of a sink
   * @param otherwise where one begins that was never noted
   * @return the last event that it has been given
   * @throws IOException if the database cannot be read
   */
  long cursor(String sink, long otherwise) throws IOException;

  /**
   * Notes what a sink has been given and how it is. Becomes durable with a later commit: after a
   * crash a sink may get again what it has had.
   *
   * @param health the state of one sink
   */
  void note(SinkHealth health);

  /**
   * Puts an event aside that a sink can never take, so that it holds up no other.
   *
   * @param sink name of the sink
   * @param sequence the event
   * @param reason what the sink says
   */
  void setAside(String sink, long sequence, String reason);

  /**
   * Counters under {@code journal.}.
   *
   * @return names to counts
   */
  Map<String, Object> counters();

  /** Commits what waits, if it can, and lets the journal go. */
  @Override
  void close();
}
