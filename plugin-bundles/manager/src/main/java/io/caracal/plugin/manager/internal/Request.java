package io.caracal.plugin.manager.internal;

/**
 * Who wants a change, and how.
 *
 * @param actor a user's name and the way the request came, such as {@code root by cli}, or {@code
 *     folder}
 * @param shadow whether a trial on live flows is held where the policy wants one
 */
public record Request(String actor, boolean shadow) {
  /** A file that somebody put into the folder of plugins, or took away. */
  static final Request FOLDER = new Request("folder", true);

  /** A request of somebody, with the trial that the policy wants. */
  public static Request by(String actor) {
    return new Request(actor, true);
  }

  /** The same without a trial. */
  public Request withoutShadow() {
    return new Request(actor, false);
  }
}
