package io.caracal.feature.internal.flow;

import org.jspecify.annotations.Nullable;

/** Flows in the order in which they were added, doubly linked through the flows themselves. */
final class FlowList {
  private final Link ends = new Link();

  /** A place in a list; linked to itself while in none. */
  static class Link {
    private Link before = this;
    private Link after = this;
  }

  @Nullable Flow first() {
    return ends.after == ends ? null : (Flow) ends.after;
  }

  void addLast(Flow flow) {
    Link link = flow;
    link.before = ends.before;
    link.after = ends;
    ends.before.after = link;
    ends.before = link;
  }

  /** Takes a flow out of whichever list it is in. */
  static void remove(Flow flow) {
    Link link = flow;
    link.before.after = link.after;
    link.after.before = link.before;
    link.before = link;
    link.after = link;
  }
}
