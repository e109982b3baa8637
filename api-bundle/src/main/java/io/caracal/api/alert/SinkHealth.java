package io.caracal.api.alert;

import java.util.Locale;

/**
 * How a sink is, as the journal remembers it for other processes and later runs.
 *
 * @param sink its name
 * @param state what it does
 * @param sinceMillis since when, milliseconds since 1970-01-01 UTC
 * @param error what went wrong last; empty if nothing did
 * @param cursor the last journalled event that it has been given
 * @param delivered events delivered in this run
 * @param retried deliveries in this run that failed and were repeated
 * @param leftOut events offered once that it did not get in this run
 * @param aside events set aside in this run because it can never take them
 */
public record SinkHealth(
    String sink,
    State state,
    long sinceMillis,
    String error,
    long cursor,
    long delivered,
    long retried,
    long leftOut,
    long aside) {
  /** What a sink does. */
  public enum State {
    /** It takes what it is given. */
    WORKING,
    /** Its last delivery failed; it is tried again. */
    RETRYING,
    /** It is not there: removed, or the sensor does not run. */
    ABSENT;

    /**
     * The name in counters and tables.
     *
     * @return lower case
     */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
