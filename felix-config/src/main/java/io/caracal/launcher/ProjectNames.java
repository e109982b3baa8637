package io.caracal.launcher;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The names in an author's project.
 *
 * @param group what names of bundles and packages begin with
 * @param name id of the plugin, words joined by hyphens
 */
record ProjectNames(String group, String name) {
  String packageName() {
    return group + "." + name.replace("-", "");
  }

  /** The words as Java names types. */
  String typeName() {
    return Arrays.stream(name.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
