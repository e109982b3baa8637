package io.caracal.alert.terminal.internal;

/** When to use colours. */
enum Colours {
  /** Where a person sees them and has not set NO_COLOR. */
  AUTO,
  ALWAYS,
  NEVER;

  boolean use(boolean terminal, boolean noColor) {
    return switch (this) {
      case AUTO -> terminal && !noColor;
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }
}
