package io.caracal.plugin.manager.internal.shell;

/** A command failed and has told the user why. */
final class Failed extends Exception {
  private static final long serialVersionUID = 1L;
}
