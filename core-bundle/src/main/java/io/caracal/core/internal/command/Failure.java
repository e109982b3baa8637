package io.caracal.core.internal.command;

/** What stops a command: one sentence for the operator that names the input and the remedy. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String sentence) {
    super(sentence);
  }

  Failure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
