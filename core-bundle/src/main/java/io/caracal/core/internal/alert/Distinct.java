package io.caracal.core.internal.alert;

import io.caracal.api.alert.AlertEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts different hosts or ports and knows the first of them. */
final class Distinct<T> {
  private final Set<T> seen = new LinkedHashSet<>();
  private final Room room;

  /** What all open alerts together may remember. */
  static final class Room {
    private int left;
    private long refused;

    Room(int most) {
      left = most;
    }

    private boolean take() {
      if (left == 0) {
        refused++;
        return false;
      }
      left--;
      return true;
    }

    /** How often something was not counted for want of room. */
    long refused() {
      return refused;
    }
  }

  Distinct(Room room) {
    this.room = room;
  }

  void add(T thing) {
    if (seen.size() < AlertEvent.COUNTED && !seen.contains(thing) && room.take()) {
      seen.add(thing);
    }
  }

  boolean contains(T thing) {
    return seen.contains(thing);
  }

  int count() {
    return seen.size();
  }

  List<T> first() {
    return seen.stream().limit(AlertEvent.LISTED).toList();
  }

  /** Gives its room back. */
  void release() {
    room.left += seen.size();
    seen.clear();
  }
}
