package io.caracal.trainer;

/** A failure whose message is one sentence for the user: it names the input and the remedy. */
public final class TrainerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainerException(String message) {
    super(message);
  }

  public TrainerException(String message, Throwable cause) {
    super(message, cause);
  }
}
