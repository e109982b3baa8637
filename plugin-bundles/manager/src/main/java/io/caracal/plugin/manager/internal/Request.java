package io.caracal.plugin.manager.internal;

/**
 * Who wants a change.
 *
 * @param actor a user's name and the way the request came, such as {@code root by cli}, or {@code
 *     folder}
 */
record Request(String actor) {
  /** A file that somebody put into the folder of plugins. */
  static final Request FOLDER = new Request("folder");
}
