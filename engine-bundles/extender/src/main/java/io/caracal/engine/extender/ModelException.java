package io.caracal.engine.extender;

import java.io.Serial;

/** Why a model takes no part, as one sentence for the operator. */
public final class ModelException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public ModelException(String sentence) {
    super(sentence);
  }

  public ModelException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
