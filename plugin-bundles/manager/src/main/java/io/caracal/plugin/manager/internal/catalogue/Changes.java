package io.caracal.plugin.manager.internal.catalogue;

import java.util.List;

/**
 * What would be done, as one.
 *
 * @param steps in the order in which they are done; empty if everything is as it is wanted
 * @param notes what else there is to know, one sentence each
 * @param obstacles why it cannot be done, one sentence each; nothing is done then
 */
public record Changes(List<Step> steps, List<String> notes, List<String> obstacles) {
  /** Copies the lists. */
  public Changes {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    obstacles = List.copyOf(obstacles);
  }
}
