package io.caracal.plugin.manager.internal;

/** Why a plugin is not taken, or something is not done with it: one sentence with the remedy. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String sentence) {
    super(sentence);
  }

  Refusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
