package io.caracal.api.alert;

import io.caracal.api.detect.AttackClass;
import java.util.List;

/**
 * One attacker doing one class of thing: raised once, updated while it lasts, closed when quiet. Or
 * several attackers told as one, because there are many against one victim or because alerts came
 * faster than the operator wants them.
 *
 * @param timeNanos when this state of the alert was reached, in packet time
 * @param id the same for all states of one alert
 * @param revision how many states of it were told before, from 0
 * @param state new, updated or closed
 * @param severity how bad
 * @param confidence how sure it is that the alert is true, 0 to 1; docs/alerts.md defines it
 * @param firstNanos first packet of the evidence
 * @param lastNanos last packet of the evidence
 * @param attacker address of the suspected attacker, or {@value #MANY}
 * @param attackers addresses of the suspected attackers, the first {@value #LISTED} of them
 * @param attackerCount how many different ones, at most {@value #COUNTED} counted
 * @param victims addresses it turned against, the first {@value #LISTED} of them
 * @param victimCount how many different addresses, at most {@value #COUNTED} counted
 * @param ports destination ports, the first {@value #LISTED} of them
 * @param portCount how many different destination ports
 * @param flows flows judged an attack so far, by themselves or as evidence against a host
 * @param classes what the flows were called, the class of most of them first; not empty
 * @param folded alerts that were not raised on their own but told within this one, because of
 *     {@code alerts.per-source} or {@code alerts.total}; 0 for an alert that was raised as usual
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
    float confidence,
    long firstNanos,
    long lastNanos,
    String attacker,
    List<String> attackers,
    int attackerCount,
    List<String> victims,
    int victimCount,
    List<Integer> ports,
    int portCount,
    long flows,
    List<ClassCount> classes,
    long folded,
    Detection strongest,
    List<FeatureDriver> drivers)
    implements SensorEvent {
  /** The attacker of an alert about several. */
  public static final String MANY = "many sources";

  /** Attackers, victims and ports listed by value. */
  public static final int LISTED = 10;

  /** Attackers, victims and ports counted; beyond, the count stays here. */
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
   * Flows that were called by one class.
   *
   * @param attackClass the class
   * @param flows how many, at least 1
   */
  public record ClassCount(AttackClass attackClass, long flows) {}

  /**
   * What the alert is called: the class of most of its flows.
   *
   * @return the first of {@link #classes}
   */
  public AttackClass attackClass() {
    return classes.getFirst().attackClass();
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
    attackers = List.copyOf(attackers);
    classes = List.copyOf(classes);
    victims = List.copyOf(victims);
    ports = List.copyOf(ports);
    drivers = List.copyOf(drivers);
  }
}
