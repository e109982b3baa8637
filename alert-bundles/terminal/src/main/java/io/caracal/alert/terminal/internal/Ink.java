package io.caracal.alert.terminal.internal;

import io.caracal.api.alert.Severity;

/** How a piece of text looks where the terminal shows colours. */
enum Ink {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  RED("1;31"),
  YELLOW("1;33"),
  CYAN("1;36");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  static Ink of(Severity severity) {
    return switch (severity) {
      case HIGH -> RED;
      case MEDIUM -> YELLOW;
      case LOW -> CYAN;
    };
  }

  /** The text between the ANSI sequences that switch this look on and off. */
  String paint(String text) {
    return code.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
