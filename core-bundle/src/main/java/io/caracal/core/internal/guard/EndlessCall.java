package io.caracal.core.internal.guard;

/** A plugin did not come back within the time that it has for a call. */
public final class EndlessCall extends Exception {
  private static final long serialVersionUID = 1L;

  EndlessCall(String sentence) {
    super(sentence);
  }
}
