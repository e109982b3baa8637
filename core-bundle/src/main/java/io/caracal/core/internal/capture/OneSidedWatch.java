package io.caracal.core.internal.capture;

/**
 * Warns when only one direction of the traffic is seen: a mirror port that copies only what is sent
 * or received, or a link with asymmetric routing. Judged by TCP conversations, which need both
 * sides: of {@value #WINDOW} that ended, nearly all had packets of one side only. Half-open scans
 * and floods are no conversations (see the counter {@code flow.conversations}).
 */
final class OneSidedWatch {
  /** Conversations that make a judgement. */
  static final int WINDOW = 50;

  private static final double NEARLY_ALL = 0.9;
  private static final double HALF = 0.5;

  private final String names;
  private final Notices notices;
  private long conversationsBefore;
  private long oneSidedBefore;
  private volatile boolean warning;

  /**
   * A watch.
   *
   * @param names the interfaces, for the sentence
   */
  OneSidedWatch(String names, Notices notices) {
    this.names = names;
    this.notices = notices;
  }

  /** Looks at how many conversations have ended by now, and of how many one side was seen. */
  void look(long conversations, long oneSided) {
    long ended = conversations - conversationsBefore;
    if (ended < WINDOW) {
      return;
    }
    double share = (double) (oneSided - oneSidedBefore) / ended;
    conversationsBefore = conversations;
    oneSidedBefore = oneSided;
    if (!warning && share >= NEARLY_ALL) {
      warning = true;
      notices.warn(
          "only one direction of the traffic is seen on "
              + names
              + ": "
              + Math.round(100 * share)
              + " % of "
              + ended
              + " TCP connections had packets of one side only; mirror both directions");
    } else if (warning && share < HALF) {
      warning = false;
      notices.good("both directions of the traffic are seen on " + names);
    }
  }

  /** Whether it was warned of and lasts; for any thread. */
  boolean warning() {
    return warning;
  }
}
