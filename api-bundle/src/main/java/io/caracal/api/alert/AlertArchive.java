package io.caracal.api.alert;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The journal as people read it, while the sensor runs or not. One thread at a time. */
@ProviderType
public interface AlertArchive extends AutoCloseable {
  /**
   * Which alerts are wanted; all conditions hold together.
   *
   * @param since those with evidence from then on, in packet time
   * @param attackClass name of a class
   * @param host address of the attacker, of a listed victim or of an end of the strongest flow
   * @param severity exactly this one
   * @param open only those not yet closed
   */
  record Query(
      Optional<Instant> since,
      Optional<String> attackClass,
      Optional<String> host,
      Optional<Severity> severity,
      boolean open) {
    /** All alerts. */
    public static final Query ALL =
        new Query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /**
   * What an analyst found.
   *
   * @param attack true if the alert was right
   * @param comment why; may be empty
   * @param atMillis when it was said, milliseconds since 1970-01-01 UTC
   */
  record Verdict(boolean attack, String comment, long atMillis) {}

  /**
   * One state of an alert in the journal.
   *
   * @param sequence its number
   * @param journalledMillis when it was journalled, milliseconds since 1970-01-01 UTC
   * @param event the state
   * @param reason why the journal closed it itself; empty if it did not
   */
  record State(long sequence, long journalledMillis, AlertEvent event, String reason) {}

  /**
   * How a sink is and how many alerts and drift events wait for it.
   *
   * @param health as last noted
   * @param pending events after its cursor
   * @param expired events that the retention removed before it got them
   */
  record Sink(SinkHealth health, long pending, long expired) {}

  /**
   * Gives the latest state of each alert that is wanted, in the order in which they were raised.
   *
   * @param query which ones
   * @param output takes them one by one, with the verdict if there is one
   */
  void list(Query query, Consumer<Listed> output) throws IOException;

  /**
   * An alert in a list.
   *
   * @param latest its latest state
   * @param verdict what an analyst found
   */
  record Listed(State latest, Optional<Verdict> verdict) {}

  /**
   * Gives every state of the alerts whose latest state is wanted, in the order of the journal.
   *
   * @param query which ones
   * @param output takes them one by one
   */
  void export(Query query, Consumer<AlertEvent> output) throws IOException;

  /**
   * Finds alerts by how their ids begin.
   *
   * @param prefix at least one character
   * @return ids, at most ten
   */
  List<String> ids(String prefix) throws IOException;

  /**
   * Everything that was told of an alert.
   *
   * @param id its whole id
   * @return its states, the first one first
   */
  List<State> history(String id) throws IOException;

  /**
   * What an analyst found of an alert.
   *
   * @param id its whole id
   */
  Optional<Verdict> verdict(String id) throws IOException;

  /**
   * Stores what an analyst found; it replaces what was said before.
   *
   * @param id the alert's whole id
   * @param attack true if the alert was right
   * @param comment why; may be empty
   */
  void mark(String id, boolean attack, String comment) throws IOException;

  /**
   * The sinks that the journal knows, by name.
   *
   * @return how each is
   */
  List<Sink> sinks() throws IOException;

  @Override
  void close() throws IOException;
}
