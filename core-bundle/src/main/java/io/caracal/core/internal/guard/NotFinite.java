package io.caracal.core.internal.guard;

/** A plugin gave scores that are not a number or infinite. */
public final class NotFinite extends Exception {
  private static final long serialVersionUID = 1L;

  NotFinite(int rows) {
    super("gave a score that is NaN or infinite in a batch of " + rows + " flows");
  }
}
