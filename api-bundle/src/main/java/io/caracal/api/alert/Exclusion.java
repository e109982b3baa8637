package io.caracal.api.alert;

import java.util.OptionalLong;

/**
 * Judged flows that the operator does not want alerts about. Times are milliseconds since
 * 1970-01-01 UTC.
 *
 * @param id its number; 0 for one that is not stored yet
 * @param scope which flows
 * @param comment why
 * @param author who made it
 * @param createdMillis when
 * @param expiresMillis from when on it covers nothing any more; empty: never
 * @param hits flows that it has covered
 * @param lastHitMillis when it covered one last, by the clock; empty if it never did
 */
public record Exclusion(
    long id,
    ExclusionScope scope,
    String comment,
    String author,
    long createdMillis,
    OptionalLong expiresMillis,
    long hits,
    OptionalLong lastHitMillis) {
  /**
   * Whether it covers nothing any more.
   *
   * @param nowMillis the time
   * @return true from its expiry on
   */
  public boolean expired(long nowMillis) {
    return expiresMillis.isPresent() && nowMillis >= expiresMillis.getAsLong();
  }
}
