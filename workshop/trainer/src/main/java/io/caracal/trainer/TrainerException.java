package io.caracal.trainer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A failure whose message is one sentence for the user: it names the input and the remedy. */
public final class TrainerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainerException(String message) {
    super(message);
  }

  public TrainerException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A file that could not be read, with the reason in words. */
  public static TrainerException unreadable(String what, Path file, IOException cause) {
    String reason =
        switch (cause) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "permission denied";
          default -> String.valueOf(cause.getMessage());
        };
    return new TrainerException(what + " " + file + " cannot be read: " + reason, cause);
  }
}
