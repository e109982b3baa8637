package io.caracal.alert.terminal.internal;

import io.caracal.api.alert.AlertEvent.State;

/** Which alerts the terminal shows. */
enum Shown {
  /** When one is raised and when it is over. */
  NEW,
  /** Updates too. */
  ALL,
  NONE;

  boolean shows(State state) {
    return switch (this) {
      case NEW -> state != State.UPDATED;
      case ALL -> true;
      case NONE -> false;
    };
  }
}
