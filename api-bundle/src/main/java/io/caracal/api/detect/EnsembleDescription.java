package io.caracal.api.detect;

import java.util.List;

/**
 * What an ensemble is.
 *
 * @param id short name
 * @param version version in OSGi syntax
 * @param members ids of the detectors it was fitted to
 * @param classes the attack classes it can name
 */
public record EnsembleDescription(
    String id, String version, List<String> members, List<AttackClass> classes) {
  /** Copies the lists. */
  public EnsembleDescription {
    members = List.copyOf(members);
    classes = List.copyOf(classes);
  }
}
