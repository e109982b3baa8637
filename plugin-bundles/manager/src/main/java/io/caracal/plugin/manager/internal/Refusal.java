package io.caracal.plugin.manager.internal;

/** Why a plugin is not taken, or something is not done with it: one sentence with the remedy. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** A refusal by our own rules. */
  public Refusal(String sentence) {
    super(sentence);
  }

  /** A refusal because something failed. */
  public Refusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
