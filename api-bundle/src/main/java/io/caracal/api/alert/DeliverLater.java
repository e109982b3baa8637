package io.caracal.api.alert;

import java.time.Duration;

/**
 * Thrown by a sink that gathers events, such as one that sends digests: it has delivered nothing
 * and wants the same events again together with what comes until then. This is no failure; the
 * journal keeps the alerts meanwhile, and the host offers them again as soon as there are more, at
 * the latest after the wait.
 */
public final class DeliverLater extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration longest;

  /**
   * Asks for a later delivery.
   *
   * @param longest how long the events may wait
   */
  public DeliverLater(Duration longest) {
    super("waits for more, at most " + longest.toSeconds() + " s", null, false, false);
    this.longest = longest;
  }

  /**
   * The longest that the events may wait.
   *
   * @return from now on
   */
  public Duration longest() {
    return longest;
  }
}
