package io.caracal.api.alert;

import java.util.List;

/**
 * One attacker doing one class of thing: raised once, updated while it lasts, closed when quiet.
 *
 * @param timeNanos when this state of the alert was reached, in packet time
 * @param id the same for all states of one alert
 * @param revision how many states of it were told before, from 0
 * @param state new, updated or closed
 * @param severity how bad
 * @param firstNanos first packet of the evidence
 * @param lastNanos last packet of the evidence
 * @param attacker address of the suspected attacker
 * @param victims addresses it turned against, the first {@value #LISTED} of them
 * @param victimCount how many different addresses, at most {@value #COUNTED} counted
 * @param ports destination ports, the first {@value #LISTED} of them
 * @param portCount how many different destination ports
 * @param flows flows judged an attack so far, by themselves or as evidence against a host
 * @param strongest the detection that weighs most: its detectors, class, probability and Community
 *     ID
 * @param drivers the features that drove the strongest detection, most important first
 */
public record AlertEvent(
    long timeNanos,
    String id,
    int revision,
    State state,
    Severity severity,
    long firstNanos,
    long lastNanos,
    String attacker,
    List<String> victims,
    int victimCount,
    List<Integer> ports,
    int portCount,
    long flows,
    Detection strongest,
    List<FeatureDriver> drivers)
    implements SensorEvent {
  /** Victims and ports listed by value. */
  public static final int LISTED = 10;

  /** Victims and ports counted; beyond, the count stays here. */
  public static final int COUNTED = 65_536;

  /** Where an alert stands in its life. */
  public enum State {
    /** Raised just now. */
    NEW,
    /** Still going on, with more evidence. */
    UPDATED,
    /** No evidence for a window; final figures. */
    CLOSED
  }

  /**
   * Names this state of the alert: what is delivered twice has it twice, and nothing else.
   *
   * @return the alert's id and the revision, such as {@code 7c1…-0}
   */
  public String eventId() {
    return id + '-' + revision;
  }

  /** Copies the lists. */
  public AlertEvent {
    victims = List.copyOf(victims);
    ports = List.copyOf(ports);
    drivers = List.copyOf(drivers);
  }
}
